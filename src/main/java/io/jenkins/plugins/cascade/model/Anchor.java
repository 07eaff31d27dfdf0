package io.jenkins.plugins.cascade.model;

/**
 * What ties a sequence to a reference model: {@code weights[t] * k3_t} is added to the loss, where {@code k3 = exp(d) - d - 1} with
 * {@code d = logProbs[t] - log p(tokens[t])} estimates the divergence KL(p, reference) from a token drawn from p without bias, with less
 * variance than {@code -d} and never below 0 (Schulman, "Approximating KL divergence", 2020; the estimator of GRPO, arXiv 2402.03300).
 *
 * @param weights as many as tokens, 0 or more; handed over, not copied
 * @param logProbs of the reference, in nats, at the temperature of the update; handed over, not copied
 */
public record Anchor(float[] weights, float[] logProbs) {}
