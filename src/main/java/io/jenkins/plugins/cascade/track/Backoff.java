package io.jenkins.plugins.cascade.track;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses between attempts: exponential, with jitter over the upper half, so that many clients do not come back at once.
 *
 * @param first longest pause after the first attempt; it doubles with every further one
 * @param longest longest pause of all
 */
record Backoff(Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 20;

    /** Pause after this attempt, counted from 1. */
    Duration pauseAfter(int attempt) {
        long doubled = first.toMillis() << Math.min(attempt - 1, MOST_DOUBLINGS);
        long ceiling = Math.min(longest.toMillis(), doubled);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(ceiling / 2, ceiling + 1));
    }
}
