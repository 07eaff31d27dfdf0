package io.jenkins.plugins.cascade.trainer;

import io.jenkins.plugins.cascade.recipe.StageEvent;
import io.jenkins.plugins.cascade.recipe.StageStatus.State;
import io.jenkins.plugins.cascade.train.TrainingMonitor;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Turns what happens into events, the status file and, now and then, a line of the log. */
final class StageRecorder implements TrainingMonitor {
    static final String EVALUATION = "evaluation";
    private static final long LOG_INTERVAL_NANOS = 10_000_000_000L;
    private static final long SYSTEM_INTERVAL_NANOS = 10_000_000_000L;

    private final EventLog events;
    private final StatusFile status;
    private final StopSignals stop;
    private final PrintStream log;
    private final SystemUse system = new SystemUse();
    private long logged = System.nanoTime();
    private long sampled = System.nanoTime();
    private int samples;

    StageRecorder(EventLog events, StatusFile status, StopSignals stop, PrintStream log) {
        this.events = events;
        this.status = status;
        this.stop = stop;
        this.log = log;
    }

    @Override
    public Optional<String> stopReason() {
        return stop.reason();
    }

    @Override
    public long eventBytes() {
        return events.sync();
    }

    void started(String phase, int step, int steps, String message) {
        status.step(State.TRAINING, phase, step, steps);
        event(StageEvent.Kind.START, phase, step, steps, Map.of(), message);
        log.println(message);
    }

    /** An evaluation has no training before it. */
    void evaluationStarted(String model) {
        String message = "Evaluates " + model + "; nothing is trained.";
        status.step(State.EVALUATING, EVALUATION, 0, 0);
        event(StageEvent.Kind.START, EVALUATION, 0, 0, Map.of(), message);
        log.println(message);
    }

    @Override
    public void stepDone(String phase, int step, int steps, Map<String, Double> metrics) {
        status.step(State.TRAINING, phase, step, steps);
        event(StageEvent.Kind.STEP, phase, step, steps, metrics, "");
        sampleSystem(phase);
        if (step == steps || System.nanoTime() - logged > LOG_INTERVAL_NANOS) {
            logged = System.nanoTime();
            log.println(phase + " step " + step + " of " + steps + ": " + new TreeMap<>(metrics));
        }
    }

    @Override
    public void checkpointWritten(String phase, int step, int steps, String name) {
        event(StageEvent.Kind.CHECKPOINT, phase, step, steps, Map.of(), "Checkpoint " + name + " is written.");
    }

    void itemsDone(int done, int all) {
        status.step(State.EVALUATING, EVALUATION, done, all);
        event(StageEvent.Kind.STEP, EVALUATION, done, all, Map.of(), "");
        sampleSystem(EVALUATION);
    }

    private void sampleSystem(String phase) {
        if (System.nanoTime() - sampled > SYSTEM_INTERVAL_NANOS) {
            sampled = System.nanoTime();
            event(StageEvent.Kind.SYSTEM, phase, ++samples, 0, system.sample(), "");
        }
    }

    void scored(String benchmark, Map<String, Double> metrics, int done, int all) {
        status.step(State.EVALUATING, EVALUATION, done, all);
        event(StageEvent.Kind.SCORE, EVALUATION, done, all, metrics, benchmark);
        log.println("Benchmark " + benchmark + ": " + new TreeMap<>(metrics));
    }

    void warning(String phase, String message) {
        event(StageEvent.Kind.WARNING, phase, 0, 0, Map.of(), message);
        log.println(message);
    }

    private void event(
            StageEvent.Kind kind, String phase, int step, int steps, Map<String, Double> metrics, String message) {
        events.append(new StageEvent(kind, phase, step, steps, System.currentTimeMillis(), metrics, message));
    }
}
