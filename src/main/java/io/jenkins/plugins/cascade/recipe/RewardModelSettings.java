package io.jenkins.plugins.cascade.recipe;

import java.io.Serializable;

/**
 * A Bradley-Terry reward model: the policy's own weights with a scalar head on the last token (paper, section 4.2). Of a reward model that is
 * given as a folder only {@code maxTokens} and {@code minAccuracy} matter: it is not trained, and all pairs count as held out.
 *
 * @param optimizer the optimizer (paper: learning rate 2e-6)
 * @param epochs passes over the pairs (paper: 1, longer was worse)
 * @param batchSize pairs a step (paper: 256)
 * @param maxTokens longest conversation, in tokens
 * @param heldOutFraction share of the pairs kept for the accuracy that is reported
 * @param minAccuracy accuracy on the held-out pairs below which the stage does not start, 0 to 1
 * @param microBatch pairs a forward pass, 0 for the whole batch; gradients of a step's micro-batches are added
 */
public record RewardModelSettings(
        OptimizerSettings optimizer,
        int epochs,
        int batchSize,
        int maxTokens,
        double heldOutFraction,
        double minAccuracy,
        int microBatch)
        implements Serializable {
    public RewardModelSettings {
        Check.atLeast("epochs", epochs, 1);
        Check.atLeast("batchSize", batchSize, 1);
        Check.atLeast("maxTokens", maxTokens, 2);
        Check.fraction("heldOutFraction", heldOutFraction);
        Check.fraction("minAccuracy", minAccuracy);
        Check.atLeast("microBatch", microBatch, 0);
    }

    /** Whole batches in one forward pass. */
    public RewardModelSettings(
            OptimizerSettings optimizer,
            int epochs,
            int batchSize,
            int maxTokens,
            double heldOutFraction,
            double minAccuracy) {
        this(optimizer, epochs, batchSize, maxTokens, heldOutFraction, minAccuracy, 0);
    }
}
