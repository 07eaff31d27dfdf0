package io.jenkins.plugins.cascade.agent;

import io.jenkins.plugins.cascade.recipe.ExitCode;
import java.util.concurrent.CompletableFuture;

/**
 * What SIGTERM and SIGINT come to. While nothing is at work the process ends at once; otherwise whatever is at work is asked for a
 * checkpoint, and the process ends when that is written.
 */
final class Termination {
    private final CompletableFuture<Integer> code = new CompletableFuture<>();
    private Runnable ask;
    private boolean requested;

    private Termination() {}

    /** From now on in charge of the signals of this process. */
    static Termination install() {
        Termination termination = new Termination();
        // The Java platform ends all threads when its shutdown hooks return, so the hook waits for the checkpoint.
        Runtime.getRuntime().addShutdownHook(new Thread(termination::onSignal, "stop on signal"));
        return termination;
    }

    private void onSignal() {
        boolean working;
        synchronized (this) {
            requested = true;
            working = ask != null;
            if (working) {
                ask.run();
            }
        }
        Runtime.getRuntime().halt(working ? code.join() : ExitCode.STOPPED.code());
    }

    /**
     * Something is at work.
     *
     * @param askToStop asks it for a checkpoint and an end, and returns at once
     */
    synchronized void working(Runnable askToStop) {
        ask = askToStop;
        if (requested) {
            ask.run();
        }
    }

    /** Whether the process was told to end. */
    synchronized boolean requested() {
        return requested;
    }

    /** The process is about to end with that code. */
    void ended(int exitCode) {
        code.complete(exitCode);
    }
}
