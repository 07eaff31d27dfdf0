package io.jenkins.plugins.cascade.stage;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** A running trainer. */
public interface TrainerProcess {
    /**
     * How a trainer ended.
     *
     * @param code its exit code, 128 and the signal's number where a signal ended it; empty for an adopted trainer, whose code only its
     *     parent process learns
     */
    record Exit(OptionalInt code) {}

    /** Waits for the end, at most so long; empty when it still runs. */
    Optional<Exit> await(Duration atMost) throws InterruptedException;

    /** Asks the process to end (SIGTERM). */
    void terminate();

    /** Ends the process and all its children (SIGKILL). */
    void kill();
}
