package io.jenkins.plugins.cascade.verify.judge;

import java.time.Duration;

/**
 * Bounds of a call.
 *
 * @param connectTimeout how long a connection may take
 * @param requestTimeout how long one attempt may take in all
 * @param attempts how often a call is sent at most, at least 1
 * @param firstPause the longest pause before the second attempt; it doubles with each further one
 * @param longestPause the longest pause before any attempt; a server that asks for more is given up
 * @param maxBodyBytes the longest answer that is read
 */
public record HttpSettings(
        Duration connectTimeout,
        Duration requestTimeout,
        int attempts,
        Duration firstPause,
        Duration longestPause,
        int maxBodyBytes) {

    /** Ten seconds to connect, two minutes an attempt, five attempts, pauses of up to 1, 2, 4, 8 seconds, answers up to 1 MiB. */
    public static final HttpSettings STANDARD = new HttpSettings(
            Duration.ofSeconds(10), Duration.ofMinutes(2), 5, Duration.ofSeconds(1), Duration.ofSeconds(30), 1 << 20);

    /** @throws IllegalArgumentException if there is no attempt or no byte allowed */
    public HttpSettings {
        if (attempts < 1 || maxBodyBytes < 1) {
            throw new IllegalArgumentException("At least one attempt and one byte must be allowed.");
        }
    }
}
