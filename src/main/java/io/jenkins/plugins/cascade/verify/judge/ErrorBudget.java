package io.jenkins.plugins.cascade.verify.judge;

import java.time.Duration;

/**
 * How many calls may fail in a row. When they have, the endpoint counts as down and calls fail at once, but for one now and then
 * that tries whether it is up again: a stage must not wait for the attempts and pauses of thousands of calls. Thread-safe.
 */
final class ErrorBudget {

    private final int failuresInARow;
    private final long restNanos;
    private int failures;
    private long nextTrial;

    ErrorBudget(int failuresInARow, Duration rest) {
        this.failuresInARow = failuresInARow;
        this.restNanos = rest.toNanos();
    }

    /** Whether a call may be sent now. */
    synchronized boolean allows() {
        if (failures < failuresInARow) {
            return true;
        }
        long now = System.nanoTime();
        if (now - nextTrial < 0) {
            return false;
        }
        nextTrial = now + restNanos;
        return true;
    }

    synchronized void succeeded() {
        failures = 0;
    }

    synchronized void failed() {
        failures++;
        nextTrial = System.nanoTime() + restNanos;
    }

    synchronized int failures() {
        return failures;
    }
}
