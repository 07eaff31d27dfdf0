package io.jenkins.plugins.cascade.recipe;

/** An evaluation has no settings of its own: model, benchmarks and seed decide everything, and all of them are in {@link StageSpec}. */
public record EvaluateSettings() implements StageSettings {
    @Override
    public int checkpointsKept() {
        return GrpoSettings.KEPT_CHECKPOINTS;
    }
}
