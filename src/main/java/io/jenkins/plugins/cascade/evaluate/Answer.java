package io.jenkins.plugins.cascade.evaluate;

/**
 * An answer for people to read.
 *
 * @param benchmark name of the benchmark
 * @param item id of the item
 * @param prompt what was asked
 * @param response what the model answered
 * @param score 0..1
 */
public record Answer(String benchmark, String item, String prompt, String response, double score) {}
