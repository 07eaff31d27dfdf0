package io.jenkins.plugins.cascade.model;

import java.util.Set;

/**
 * How tokens are chosen: temperature first, then top-k, then top-p, as in transformers.
 *
 * @param temperature 0 for greedy, otherwise positive
 * @param topP keeps the likeliest tokens until their probability reaches this, in (0, 1]; 1 keeps all
 * @param topK keeps this many likeliest tokens; 0 keeps all
 * @param maxNewTokens a completion is cut off after this many tokens, at least 1
 * @param stopIds a completion ends with the first of these
 * @param maxBatch sequences decoded at once, at least 1
 */
public record Sampling(
        double temperature, double topP, int topK, int maxNewTokens, Set<Integer> stopIds, int maxBatch) {
    public Sampling {
        stopIds = Set.copyOf(stopIds);
        require(temperature >= 0 && Double.isFinite(temperature), "temperature", temperature, "0 or more");
        require(topP > 0 && topP <= 1, "topP", topP, "above 0 and at most 1");
        require(topK >= 0, "topK", topK, "0 or more");
        require(maxNewTokens >= 1, "maxNewTokens", maxNewTokens, "at least 1");
        require(maxBatch >= 1, "maxBatch", maxBatch, "at least 1");
    }

    /** Greedy decoding in batches of up to 64. */
    public static Sampling greedy(int maxNewTokens, Set<Integer> stopIds) {
        return new Sampling(0, 1, 0, maxNewTokens, stopIds, 64);
    }

    private static void require(boolean holds, String name, Number value, String range) {
        if (!holds) {
            throw new ModelException("Sampling " + name + " is " + value + "; it must be " + range + ".");
        }
    }
}
