package io.jenkins.plugins.cascade.local.build;

/**
 * Why something is to stop.
 *
 * @param result the result that it leads to
 * @param actual true if somebody wants the build to stop; false for a timeout, after which {@code retry} may try again
 * @param reason one sentence
 */
public record Interruption(Result result, boolean actual, String reason) {}
