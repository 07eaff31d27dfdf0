package io.jenkins.plugins.cascade.model;

/**
 * What one {@link CausalLM#accumulate} saw, all over the tokens with a weight or an anchor's weight other than 0.
 *
 * @param loss what was differentiated, in nats
 * @param meanEntropy mean entropy of the model's next-token distribution at the given temperature, in nats; 0 without weighted tokens
 * @param sumLogProb {@code sum_t log p_t}, unweighted, in nats
 * @param meanDivergence mean of the anchors' estimator k3, unweighted, in nats; 0 without anchors
 * @param weightedTokens how many tokens had a weight
 */
public record LossStats(double loss, double meanEntropy, double sumLogProb, double meanDivergence, int weightedTokens) {
    /** No token had a weight. */
    static final LossStats NONE = new LossStats(0, 0, 0, 0, 0);
}
