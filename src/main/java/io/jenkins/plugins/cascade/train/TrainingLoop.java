package io.jenkins.plugins.cascade.train;

import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import java.util.Map;
import java.util.TreeMap;

/** Runs phases step by step: events, checkpoints, the end on request. Holds what is counted over all phases. */
final class TrainingLoop {
    private final String contentKey;
    private final Checkpoints checkpoints;
    private final TrainingMonitor monitor;
    private final Map<String, Double> lastMetrics = new TreeMap<>();
    private TrainingTotals totals = TrainingTotals.ZERO;
    private int stepsBefore;

    TrainingLoop(String contentKey, Checkpoints checkpoints, TrainingMonitor monitor) {
        this.contentKey = contentKey;
        this.checkpoints = checkpoints;
        this.monitor = monitor;
    }

    /** Goes on counting where a checkpoint was taken. */
    void restore(Checkpoints.Saved saved) {
        totals = saved.manifest().totals();
        lastMetrics.putAll(saved.manifest().lastMetrics());
        stepsBefore = saved.number() - saved.manifest().step();
    }

    /**
     * Does the steps of a phase that are left; the last one is always followed by a checkpoint.
     *
     * @param done steps done already
     * @throws StageFailure when asked to stop, after a checkpoint; or what a step throws
     */
    void run(Phase phase, int done) {
        int saved = done;
        for (int step = done + 1; step <= phase.steps(); step++) {
            if (monitor.stopReason().isPresent()) {
                stop(phase, step - 1, saved);
            }
            doStep(phase, step);
            if (step % phase.checkpointEvery() == 0 || step == phase.steps()) {
                checkpoint(phase, step);
                saved = step;
            }
        }
        stepsBefore += phase.steps();
    }

    private void doStep(Phase phase, int step) {
        long start = System.nanoTime();
        StepReport report = phase.step(step);
        totals = totals.plus(report, (System.nanoTime() - start) / 1e9);
        Map<String, Double> metrics = new TreeMap<>(report.metrics());
        metrics.put("memory/rss_mb", ResidentMemory.megabytes());
        metrics.values().removeIf(value -> !Double.isFinite(value));
        lastMetrics.putAll(metrics);
        monitor.stepDone(phase.name(), step, phase.steps(), metrics);
    }

    private void stop(Phase phase, int done, int saved) {
        if (done > saved) {
            checkpoint(phase, done);
        }
        throw new StageFailure(
                ExitCode.STOPPED,
                "Stopped after " + phase.name() + " step " + done + " of " + phase.steps() + " because "
                        + monitor.stopReason().orElse("it was asked to") + "; it can be resumed.");
    }

    private void checkpoint(Phase phase, int step) {
        CheckpointManifest manifest = new CheckpointManifest(
                StageSpec.SCHEMA,
                contentKey,
                phase.name(),
                step,
                phase.steps(),
                phase.state(),
                totals,
                lastMetrics,
                monitor.eventBytes(),
                Map.of());
        String name = checkpoints.save(stepsBefore + step, manifest, phase::save);
        monitor.checkpointWritten(phase.name(), step, phase.steps(), name);
    }

    TrainingTotals totals() {
        return totals;
    }

    Map<String, Double> lastMetrics() {
        return Map.copyOf(lastMetrics);
    }
}
