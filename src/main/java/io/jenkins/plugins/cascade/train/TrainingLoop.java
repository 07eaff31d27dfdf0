package io.jenkins.plugins.cascade.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cascade.model.OutOfDeviceMemoryException;
import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import java.util.Map;
import java.util.TreeMap;

/** Runs phases step by step: events, checkpoints, the end on request. Holds what is counted over all phases. */
final class TrainingLoop {
    private static final String WATCH = "divergence";

    private final String contentKey;
    private final Checkpoints checkpoints;
    private final TrainingMonitor monitor;
    private final DivergenceWatch watch;
    private final Map<String, Double> lastMetrics = new TreeMap<>();
    private TrainingTotals totals = TrainingTotals.ZERO;
    private int stepsBefore;

    TrainingLoop(String contentKey, Checkpoints checkpoints, TrainingMonitor monitor, double divergenceRatio) {
        this.watch = new DivergenceWatch(divergenceRatio);
        this.contentKey = contentKey;
        this.checkpoints = checkpoints;
        this.monitor = monitor;
    }

    /** Goes on counting where a checkpoint was taken. */
    void restore(Checkpoints.Saved saved) {
        totals = saved.manifest().totals();
        lastMetrics.putAll(saved.manifest().lastMetrics());
        watch.restore(saved.manifest().phaseState().path(WATCH));
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
        watch.restart();
    }

    private void doStep(Phase phase, int step) {
        long start = System.nanoTime();
        StepReport report = step(phase, step);
        totals = totals.plus(report, (System.nanoTime() - start) / 1e9);
        Map<String, Double> metrics = new TreeMap<>(report.metrics());
        metrics.put("memory/rss_mb", ResidentMemory.megabytes());
        metrics.values().removeIf(value -> !Double.isFinite(value));
        lastMetrics.putAll(metrics);
        monitor.stepDone(phase.name(), step, phase.steps(), metrics);
        requireNoDivergence(phase, step, metrics);
    }

    private static StepReport step(Phase phase, int step) {
        try {
            return phase.step(step);
        } catch (OutOfDeviceMemoryException e) {
            throw new StageFailure(
                    ExitCode.OUT_OF_MEMORY,
                    "Memory ran out in " + phase.name() + " step " + step + " of " + phase.steps() + " (peak "
                            + ResidentMemory.peak() + "): " + e.getMessage().replaceFirst("; a smaller batch.*$", "")
                            + "; the last checkpoint is kept: lower microBatch or the most tokens of a sequence, or"
                            + " compute with precision 'bf16'.",
                    e);
        }
    }

    /** The policy's loss is a sum of advantages, near 0 whatever it learns. */
    private void requireNoDivergence(Phase phase, int step, Map<String, Double> metrics) {
        if (phase.name().equals(GrpoPhase.NAME)) {
            return;
        }
        watch.see(step, metrics).ifPresent(numbers -> {
            throw new StageFailure(
                    ExitCode.NUMERIC_FAILURE,
                    "The training diverges in " + phase.name() + " step " + step + " of " + phase.steps() + ": "
                            + numbers
                            + ", at learning rate " + metrics.get("train/learning_rate") + " and peak memory "
                            + ResidentMemory.peak()
                            + "; the last checkpoint is kept: lower learningRate or raise warmupSteps (divergenceRatio"
                            + " says what counts as diverged).");
        });
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
                state(phase),
                totals,
                lastMetrics,
                monitor.eventBytes(),
                Map.of());
        String name = checkpoints.save(stepsBefore + step, manifest, phase::save);
        monitor.checkpointWritten(phase.name(), step, phase.steps(), name);
    }

    private JsonNode state(Phase phase) {
        ObjectNode state = phase.state().deepCopy();
        return phase.name().equals(GrpoPhase.NAME) ? state : state.set(WATCH, watch.state());
    }

    TrainingTotals totals() {
        return totals;
    }

    Map<String, Double> lastMetrics() {
        return Map.copyOf(lastMetrics);
    }
}
