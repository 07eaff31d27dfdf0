package io.jenkins.plugins.cascade.recipe;

/**
 * Supervised fine-tuning, loss on the assistant's tokens only (paper, section 3.1 and table 14).
 *
 * @param optimizer the optimizer
 * @param steps optimizer steps
 * @param batchSize conversations a step
 * @param maxTokens longest conversation; a longer one is refused before training starts
 * @param microBatch conversations a forward pass; gradients of a step's micro-batches are added
 * @param checkpointEvery steps between checkpoints
 */
public record SftSettings(
        OptimizerSettings optimizer, int steps, int batchSize, int maxTokens, int microBatch, int checkpointEvery)
        implements StageSettings {
    public SftSettings {
        Check.atLeast("steps", steps, 1);
        Check.atLeast("batchSize", batchSize, 1);
        Check.atLeast("maxTokens", maxTokens, 2);
        Check.atLeast("microBatch", microBatch, 1);
        Check.atLeast("checkpointEvery", checkpointEvery, 1);
    }
}
