package io.jenkins.plugins.cascade.model;

/**
 * What one {@link CausalLM#accumulate} saw, all over the tokens with a weight other than 0.
 *
 * @param loss {@code -sum_t weight_t * log p_t}, in nats
 * @param meanEntropy mean entropy of the model's next-token distribution at temperature 1, in nats; 0 without weighted tokens
 * @param sumLogProb {@code sum_t log p_t}, unweighted, in nats
 * @param weightedTokens how many tokens had a weight
 */
public record LossStats(double loss, double meanEntropy, double sumLogProb, int weightedTokens) {}
