package io.jenkins.plugins.cascade.gate;

/**
 * One-sided bounds on the true difference, each at the look's level.
 *
 * @param lower lower bound, a fraction
 * @param upper upper bound, a fraction
 * @param method how they were made
 */
record Interval(double lower, double upper, String method) {}
