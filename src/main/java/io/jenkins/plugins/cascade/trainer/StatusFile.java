package io.jenkins.plugins.cascade.trainer;

import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.StageStatus;
import io.jenkins.plugins.cascade.recipe.StageStatus.State;
import io.jenkins.plugins.cascade.train.DurableFiles;
import java.nio.file.Path;

/** {@code status.json}: written at every change of state, and at most once a second for a step. */
final class StatusFile {
    private static final long INTERVAL_NANOS = 1_000_000_000L;

    private final Path file;
    private String phase = "";
    private int step;
    private int steps;
    private long written = System.nanoTime() - INTERVAL_NANOS;

    StatusFile(Path file) {
        this.file = file;
    }

    /** Another state, in the place last told. */
    void state(State state, String message) {
        long pid = ProcessHandle.current().pid();
        StageStatus status = new StageStatus(state, phase, step, steps, pid, System.currentTimeMillis(), message);
        DurableFiles.replaceFile(file, CanonicalJson.bytes(status));
        written = System.nanoTime();
    }

    /** A place in a state. */
    void step(State state, String inPhase, int done, int of) {
        boolean otherPhase = !phase.equals(inPhase);
        phase = inPhase;
        step = done;
        steps = of;
        if (otherPhase || done == of || System.nanoTime() - written > INTERVAL_NANOS) {
            state(state, "");
        }
    }
}
