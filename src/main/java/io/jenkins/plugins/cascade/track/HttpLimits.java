package io.jenkins.plugins.cascade.track;

import java.time.Duration;

/**
 * How patient a client is.
 *
 * @param connectTimeout to a connection
 * @param requestTimeout from sending a request to the last byte of its answer
 * @param attempts how often an idempotent call is sent at most
 * @param backoff pauses between the attempts; its longest is also the longest {@code Retry-After} waited for in a call
 * @param maxBodyBytes longest answer that is read
 */
record HttpLimits(Duration connectTimeout, Duration requestTimeout, int attempts, Backoff backoff, int maxBodyBytes) {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5));
    private static final int MAX_BODY = 32 << 20;

    /** For calls that somebody waits for. */
    static HttpLimits patient() {
        return new HttpLimits(Duration.ofSeconds(5), Duration.ofSeconds(20), 4, BACKOFF, MAX_BODY);
    }

    /** For calls that are tried again by their caller; two attempts, because servers close idle connections. */
    static HttpLimits brief() {
        return new HttpLimits(Duration.ofSeconds(5), Duration.ofSeconds(20), 2, BACKOFF, MAX_BODY);
    }
}
