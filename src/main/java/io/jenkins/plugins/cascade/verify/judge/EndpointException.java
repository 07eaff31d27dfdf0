package io.jenkins.plugins.cascade.verify.judge;

import io.jenkins.plugins.cascade.verify.Verdict;
import java.time.Duration;

/** An endpoint that gave no usable answer. */
public final class EndpointException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean late;
    private final boolean passing;
    private final Duration retryAfter;

    private EndpointException(String message, boolean late, boolean passing, Duration retryAfter, Throwable cause) {
        super(message, cause);
        this.late = late;
        this.passing = passing;
        this.retryAfter = retryAfter;
    }

    /** The same call may succeed later. */
    static EndpointException passing(String message, Duration retryAfter, Throwable cause) {
        return new EndpointException(message, false, true, retryAfter, cause);
    }

    /** There was no answer in time. */
    static EndpointException late(String message, Throwable cause) {
        return new EndpointException(message, true, true, Duration.ZERO, cause);
    }

    /** The same call would fail again. */
    static EndpointException lasting(String message, Throwable cause) {
        return new EndpointException(message, false, false, Duration.ZERO, cause);
    }

    boolean isPassing() {
        return passing;
    }

    /** What the server asked to wait, zero if it asked for nothing. */
    Duration retryAfter() {
        return retryAfter;
    }

    /** TIMEOUT or ERROR, never a score. */
    public Verdict verdict() {
        return late ? Verdict.timeout(getMessage()) : Verdict.error(getMessage());
    }
}
