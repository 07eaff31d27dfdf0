package io.jenkins.plugins.cascade.recipe;

import java.io.Serializable;

/**
 * How answers are drawn from the model.
 *
 * @param temperature 0 for greedy, otherwise the softmax temperature
 * @param topP nucleus: the smallest set of tokens with at least this probability, above 0 up to 1
 * @param topK the K likeliest tokens, 0 for all
 * @param maxTokens longest answer, in tokens
 */
public record SamplingSettings(double temperature, double topP, int topK, int maxTokens) implements Serializable {
    public SamplingSettings {
        Check.atLeast("temperature", temperature, 0);
        Check.positive("topP", topP);
        Check.fraction("topP", topP);
        Check.atLeast("topK", topK, 0);
        Check.atLeast("maxTokens", maxTokens, 1);
    }
}
