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
 * @param failuresInARow how many calls may fail one after the other, all attempts included, before the endpoint counts as down,
 *     at least 1
 * @param rest how long calls to an endpoint that is down fail at once, until one is sent again
 */
public record HttpSettings(
        Duration connectTimeout,
        Duration requestTimeout,
        int attempts,
        Duration firstPause,
        Duration longestPause,
        int maxBodyBytes,
        int failuresInARow,
        Duration rest) {

    /**
     * Ten seconds to connect, two minutes an attempt, five attempts, pauses of up to 1, 2, 4, 8 seconds, answers up to 1 MiB; down
     * for 30 seconds after 40 failures in a row.
     */
    public static final HttpSettings STANDARD = new HttpSettings(
            Duration.ofSeconds(10),
            Duration.ofMinutes(2),
            5,
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            1 << 20,
            40,
            Duration.ofSeconds(30));

    /** @throws IllegalArgumentException if no attempt, no byte or no failure is allowed */
    public HttpSettings {
        if (attempts < 1 || maxBodyBytes < 1 || failuresInARow < 1) {
            throw new IllegalArgumentException("At least one attempt, one byte and one failure must be allowed.");
        }
    }
}
