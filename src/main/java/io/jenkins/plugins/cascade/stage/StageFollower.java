package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.StageEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Follows one trainer to its end: hands on its events, renews its lease, and stops it when asked: first the {@code stop} file, after the
 * grace SIGTERM, then SIGKILL to it and its children.
 */
final class StageFollower {
    private static final Duration FIRST_WAIT = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final double BACK_OFF = 1.2;
    private static final Duration AFTER_TERMINATE = Duration.ofSeconds(10);

    private final StageDirectory directory;
    private final EventTail tail;
    private final TrainerProcess process;
    private final CancelSignal cancel;
    private final Duration grace;
    private final Listener listener;
    private Stopping stopping = Stopping.NO;
    private long deadline;

    /** What the follower tells. */
    interface Listener {
        /**
         * The trainer reported something.
         *
         * @param history whether it did before it was followed from here
         */
        void event(StageEvent event, boolean history);

        /** Something a person should know. */
        void line(String text);
    }

    /**
     * How it ended.
     *
     * @param code the trainer's exit code, empty where only its end is known
     * @param cancelled whether it was asked to stop from here
     */
    record End(OptionalInt code, boolean cancelled) {}

    private enum Stopping {
        NO,
        ASKED,
        TERMINATED,
        KILLED
    }

    StageFollower(
            StageDirectory directory,
            EventTail tail,
            TrainerProcess process,
            CancelSignal cancel,
            Duration grace,
            Listener listener) {
        this.directory = directory;
        this.tail = tail;
        this.process = process;
        this.cancel = cancel;
        this.grace = grace;
        this.listener = listener;
    }

    End follow() throws StageException, InterruptedException {
        Duration wait = FIRST_WAIT;
        Optional<TrainerProcess.Exit> exit = Optional.empty();
        while (exit.isEmpty()) {
            renewLease();
            stopWhenAsked();
            wait = handOn() ? FIRST_WAIT : longer(wait);
            exit = process.await(wait);
        }
        while (handOn()) {
            // What was written last is read to its end.
        }
        if (tail.refused() > 0) {
            listener.line("warning: " + tail.refused() + " lines of events.jsonl were left out; the first because "
                    + tail.firstRefusal());
        }
        return new End(exit.get().code(), stopping != Stopping.NO);
    }

    private boolean handOn() throws StageException {
        List<StageEvent> events = tail.next();
        boolean history = tail.historic();
        events.forEach(event -> listener.event(event, history));
        return !events.isEmpty();
    }

    private void renewLease() throws StageException {
        try {
            directory.renewLease();
        } catch (IOException e) {
            throw new StageException(
                    "The lease in " + directory.path()
                            + " cannot be renewed, so the trainer will end with a checkpoint: " + e.getMessage(),
                    e);
        }
    }

    private void stopWhenAsked() throws StageException {
        if (cancel.requested() && stopping == Stopping.NO) {
            ask();
        } else if (cancel.forced() && stopping != Stopping.NO && stopping != Stopping.KILLED) {
            kill();
        } else if (stopping == Stopping.ASKED && System.nanoTime() - deadline > 0) {
            listener.line("It did not end within " + grace.toSeconds() + " s; ending its process.");
            process.terminate();
            next(Stopping.TERMINATED, AFTER_TERMINATE);
        } else if (stopping == Stopping.TERMINATED && System.nanoTime() - deadline > 0) {
            kill();
        }
    }

    private void ask() throws StageException {
        listener.line("Asking the trainer for a checkpoint; waiting up to " + grace.toSeconds() + " s.");
        try {
            directory.requestStop();
            next(Stopping.ASKED, grace);
        } catch (IOException e) {
            listener.line("The request cannot be written (" + e.getMessage() + "); ending its process.");
            process.terminate();
            next(Stopping.TERMINATED, AFTER_TERMINATE);
        }
    }

    private void kill() {
        listener.line("Killing the trainer; what it did since its last checkpoint is lost.");
        process.kill();
        next(Stopping.KILLED, AFTER_TERMINATE);
    }

    private void next(Stopping state, Duration patience) {
        stopping = state;
        deadline = System.nanoTime() + patience.toNanos();
    }

    private static Duration longer(Duration wait) {
        Duration next = Duration.ofMillis((long) (wait.toMillis() * BACK_OFF));
        return next.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : next;
    }
}
