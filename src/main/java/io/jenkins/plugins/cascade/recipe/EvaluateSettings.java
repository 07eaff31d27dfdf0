package io.jenkins.plugins.cascade.recipe;

/**
 * An evaluation has no settings of its own but how it computes: model, benchmarks and seed decide everything else, and all of them are in
 * {@link StageSpec}.
 *
 * @param numerics how it computes; null for float32
 */
public record EvaluateSettings(NumericSettings numerics) implements StageSettings {
    public EvaluateSettings {
        numerics = numerics == null ? NumericSettings.DEFAULT : numerics;
    }

    /** In float32. */
    public EvaluateSettings() {
        this(null);
    }

    @Override
    public int checkpointsKept() {
        return GrpoSettings.KEPT_CHECKPOINTS;
    }
}
