package io.jenkins.plugins.cascade.recipe;

import java.io.Serializable;

/**
 * One phase of supervised fine-tuning, with data and lengths of its own (paper, section 3.1.1: 16K tokens, then 32K with other data). Every
 * phase begins with a fresh optimizer.
 *
 * @param files how many of the stage's files of the role sft it reads, at least 1
 * @param optimizer the optimizer
 * @param steps optimizer steps
 * @param batchSize conversations a step
 * @param maxTokens longest conversation; a longer one is refused before training starts
 */
public record SftPhaseSettings(int files, OptimizerSettings optimizer, int steps, int batchSize, int maxTokens)
        implements Serializable {
    public SftPhaseSettings {
        Check.atLeast("files", files, 1);
        Check.atLeast("steps", steps, 1);
        Check.atLeast("batchSize", batchSize, 1);
        Check.atLeast("maxTokens", maxTokens, 2);
    }
}
