package io.jenkins.plugins.cascade.steps;

import java.time.Duration;

/**
 * How a running trainer is brought to its end: it is asked for a checkpoint, killed when the grace is over or somebody insists, and given up
 * when it has not ended then either. Times are {@link System#nanoTime}.
 */
final class Stopping {
    /** A killed process that has not ended after so long will not end. */
    static final Duration AFTER_KILL = Duration.ofSeconds(25);

    private boolean requested;
    private boolean insisted;
    private boolean asked;
    private long since;
    private Duration grace = Duration.ZERO;
    private long killed;
    private boolean dead;

    /** What is to be done now. */
    enum Act {
        /** Nothing: nobody stops it. */
        NOTHING,
        /** Ask for a checkpoint and an end. */
        ASK,
        /** Wait for the checkpoint, or for the death. */
        WAIT,
        /** Kill it. */
        KILL,
        /** Go on without it: it does not end. */
        GIVE_UP
    }

    /**
     * Somebody wants it to end. The second time it is killed without waiting for the checkpoint.
     *
     * @param allowed how long it may take to write its checkpoint
     */
    synchronized void request(Duration allowed) {
        insisted = requested;
        requested = true;
        grace = insisted ? Duration.ZERO : allowed;
    }

    /** Whether somebody wants it to end. */
    synchronized boolean requested() {
        return requested;
    }

    /** Whether somebody wants it to end at once. */
    synchronized boolean insisted() {
        return insisted;
    }

    /** What is to be done at that time. ASK and KILL are answered once each, unless {@link #again} takes it back. */
    synchronized Act at(long now) {
        if (!requested) {
            return Act.NOTHING;
        }
        if (dead) {
            return now - killed > AFTER_KILL.toNanos() ? Act.GIVE_UP : Act.WAIT;
        }
        if (!asked && !insisted) {
            asked = true;
            since = now;
            return Act.ASK;
        }
        if (insisted || now - since >= grace.toNanos()) {
            dead = true;
            killed = now;
            return Act.KILL;
        }
        return Act.WAIT;
    }

    /** The agent did not hear what was to be done: it shall be done again. */
    synchronized void again(Act act) {
        if (act == Act.ASK) {
            asked = false;
        } else if (act == Act.KILL) {
            dead = false;
        }
    }
}
