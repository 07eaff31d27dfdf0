package io.jenkins.plugins.cascade.evaluate;

import java.util.List;

/**
 * One line of {@code scores.jsonl}, in the format of the gate.
 *
 * @param benchmark name of the benchmark
 * @param item id of the item
 * @param cluster what it shares with related items, or null
 * @param samples scores in 0..1 of the answers that could be judged
 * @param fingerprint what the evaluation may be compared with
 * @param error why an answer could not be judged, or null
 */
public record ItemScore(
        String benchmark, String item, String cluster, List<Double> samples, String fingerprint, String error) {
    public ItemScore {
        samples = List.copyOf(samples);
    }

    /** Mean of the samples; NaN when the item counts as not scored. */
    double mean() {
        return error != null
                ? Double.NaN
                : samples.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
}
