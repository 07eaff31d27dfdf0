package io.jenkins.plugins.cascade.evaluate;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One question of a benchmark.
 *
 * @param id identity, unique in the benchmark and the same for every model
 * @param cluster what it shares with related items, or null
 * @param text what a verifier is told was asked: the last message of the prompt
 * @param tokens the prompt and the opening of the assistant's turn, as tokens; not changed by anybody
 * @param verifier the {@code verifier} object of the line
 */
public record BenchmarkItem(String id, String cluster, String text, int[] tokens, JsonNode verifier) {}
