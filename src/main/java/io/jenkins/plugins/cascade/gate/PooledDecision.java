package io.jenkins.plugins.cascade.gate;

/**
 * All benchmarks together: catches a small drop everywhere that no single benchmark can show. It warns and never decides.
 *
 * @param benchmarks number of benchmarks that went in, equal weights
 * @param difference weighted mean of the differences, a fraction
 * @param standardError its standard error, a fraction
 * @param lower lower bound at the look's one-sided level
 * @param upper upper bound at the look's one-sided level
 * @param warning true when the upper bound is below 0
 * @param sentence the finding for a reader
 */
public record PooledDecision(
        int benchmarks,
        double difference,
        double standardError,
        double lower,
        double upper,
        boolean warning,
        String sentence) {}
