package io.jenkins.plugins.cascade.steps;

import java.time.Duration;

/** How long an agent has not answered. Times are {@link System#nanoTime}. */
final class AgentAbsence {
    private final Duration patience;
    private boolean away;
    private long since;

    /** What a call that failed means. */
    enum Verdict {
        /** It has just gone: say so, and wait. */
        GONE,
        /** It is still away: wait. */
        AWAY,
        /** It has been away for too long. */
        LOST
    }

    /**
     * Nobody is away yet.
     *
     * @param patience how long an agent may be away
     */
    AgentAbsence(Duration patience) {
        this.patience = patience;
    }

    /** A call failed. */
    Verdict failed(long now) {
        if (!away) {
            away = true;
            since = now;
            return Verdict.GONE;
        }
        return now - since > patience.toNanos() ? Verdict.LOST : Verdict.AWAY;
    }

    /** A call succeeded; true when the agent had been away. */
    boolean answered() {
        boolean wasAway = away;
        away = false;
        return wasAway;
    }
}
