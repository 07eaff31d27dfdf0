package io.jenkins.plugins.cascade.recipe;

import java.io.Serializable;

/**
 * Group relative policy optimisation as the paper uses it (section 4.1.2, equation 1): G rollouts of the current policy, one update, so
 * that the importance ratio is exactly 1; advantage (r - mean) / std of the group; the sum over all tokens divided by their number; no KL.
 *
 * @param optimizer the optimizer
 * @param steps updates
 * @param promptsPerStep prompts a step
 * @param groupSize rollouts of each prompt, at least 2
 * @param sampling temperature, nucleus and longest answer of the rollouts
 * @param minStd lower bound of the standard deviation that the advantage is divided by; 0 divides by the plain one (the paper)
 * @param replayFraction share of a step's prompts taken from earlier stages, 0 to 1 (the paper has none)
 * @param overlongFiltering whether truncated answers are left out of the loss
 * @param errorBudget share of a step's rewards that may be missing because a verifier failed; above it the stage ends
 * @param microBatch sequences a forward pass; gradients of a step's micro-batches are added
 * @param checkpointEvery steps between checkpoints
 */
public record GrpoSettings(
        OptimizerSettings optimizer,
        int steps,
        int promptsPerStep,
        int groupSize,
        SamplingSettings sampling,
        double minStd,
        double replayFraction,
        boolean overlongFiltering,
        double errorBudget,
        int microBatch,
        int checkpointEvery)
        implements Serializable {
    public GrpoSettings {
        Check.atLeast("steps", steps, 1);
        Check.atLeast("promptsPerStep", promptsPerStep, 1);
        Check.atLeast("groupSize", groupSize, 2);
        Check.atLeast("minStd", minStd, 0);
        Check.fraction("replayFraction", replayFraction);
        Check.fraction("errorBudget", errorBudget);
        Check.atLeast("microBatch", microBatch, 1);
        Check.atLeast("checkpointEvery", checkpointEvery, 1);
    }
}
