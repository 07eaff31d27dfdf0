package io.jenkins.plugins.cascade.recipe;

import java.util.ArrayList;
import java.util.List;

/**
 * Supervised fine-tuning, loss on the assistant's tokens only (paper, section 3.1 and table 14).
 *
 * @param optimizer the optimizer of the first phase
 * @param steps optimizer steps of the first phase
 * @param batchSize conversations a step of the first phase
 * @param maxTokens longest conversation of the first phase; a longer one is refused before training starts
 * @param microBatch conversations a forward pass; gradients of a step's micro-batches are added
 * @param checkpointEvery steps between checkpoints
 * @param packing whether conversations are laid end to end, each attending to itself alone, in forward passes of at most {@code microBatch *
 *     maxTokens} tokens; the result is that of padded batches up to rounding, without the time spent on padding
 * @param phases the phases after the first, whose files follow the first one's; null for none
 * @param keepCheckpoints how many resumable checkpoints are kept, the newest ones; null for two; no part of the content key
 * @param numerics how it computes; null for float32
 */
public record SftSettings(
        OptimizerSettings optimizer,
        int steps,
        int batchSize,
        int maxTokens,
        int microBatch,
        int checkpointEvery,
        boolean packing,
        List<SftPhaseSettings> phases,
        Integer keepCheckpoints,
        NumericSettings numerics)
        implements StageSettings {
    public SftSettings {
        phases = phases == null ? List.of() : List.copyOf(phases);
        numerics = numerics == null ? NumericSettings.DEFAULT : numerics;
        Check.atLeast("steps", steps, 1);
        Check.atLeast("batchSize", batchSize, 1);
        Check.atLeast("maxTokens", maxTokens, 2);
        Check.atLeast("microBatch", microBatch, 1);
        Check.atLeast("checkpointEvery", checkpointEvery, 1);
        keepCheckpoints = keepCheckpoints == null ? Integer.valueOf(GrpoSettings.KEPT_CHECKPOINTS) : keepCheckpoints;
        Check.atLeast("keepCheckpoints", keepCheckpoints, 1);
    }

    /** Two checkpoints are kept, and everything is float32. */
    public SftSettings(
            OptimizerSettings optimizer,
            int steps,
            int batchSize,
            int maxTokens,
            int microBatch,
            int checkpointEvery,
            boolean packing,
            List<SftPhaseSettings> phases) {
        this(optimizer, steps, batchSize, maxTokens, microBatch, checkpointEvery, packing, phases, null, null);
    }

    /** One phase of padded batches. */
    public SftSettings(
            OptimizerSettings optimizer, int steps, int batchSize, int maxTokens, int microBatch, int checkpointEvery) {
        this(optimizer, steps, batchSize, maxTokens, microBatch, checkpointEvery, false, null);
    }

    /**
     * All phases in their order.
     *
     * @param files files of the role sft that the stage has
     * @throws IllegalArgumentException when the later phases leave none of them to the first
     */
    public List<SftPhaseSettings> allPhases(int files) {
        int later = phases.stream().mapToInt(SftPhaseSettings::files).sum();
        List<SftPhaseSettings> all = new ArrayList<>();
        all.add(new SftPhaseSettings(files - later, optimizer, steps, batchSize, maxTokens));
        all.addAll(phases);
        return all;
    }

    @Override
    public int checkpointsKept() {
        return keepCheckpoints;
    }
}
