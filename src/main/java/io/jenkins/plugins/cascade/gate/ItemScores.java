package io.jenkins.plugins.cascade.gate;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The scores of one benchmark item under one model: K samples, each in [0, 1], higher is better.
 *
 * <p>Values are not judged here, because a bad value must become the verdict {@link GateVerdict#ERROR} with its benchmark and
 * item named, not an exception while a file is read.
 *
 * @param item identity of the item, the same on both sides of a comparison
 * @param cluster the group of items that share a passage, a repository or a template, or null when the item stands alone
 * @param samples the scores of the item's K samples
 * @param error why the infrastructure could not score the item, or null; an infrastructure error is not a wrong answer, so the
 *     item is left out on both sides
 */
public record ItemScores(String item, String cluster, List<Double> samples, String error) {

    /** Checks the identity and copies the samples. */
    public ItemScores {
        Objects.requireNonNull(item, "item");
        if (item.isBlank()) {
            throw new IllegalArgumentException("An item has a blank identity: give every item an id.");
        }
        samples = List.copyOf(samples);
    }

    /** An item without a cluster that was scored without an infrastructure error. */
    public static ItemScores of(String item, double... samples) {
        return new ItemScores(item, null, Arrays.stream(samples).boxed().toList(), null);
    }

    /** True when the item has samples and no infrastructure error. */
    public boolean scored() {
        return error == null && !samples.isEmpty();
    }

    /** Mean of the samples, NaN when there are none. */
    public double mean() {
        double sum = 0;
        for (double sample : samples) {
            sum += sample;
        }
        return sum / samples.size();
    }
}
