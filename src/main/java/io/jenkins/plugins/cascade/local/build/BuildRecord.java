package io.jenkins.plugins.cascade.local.build;

import java.util.Map;

/**
 * What the workspace keeps of a build that has ended.
 *
 * @param number its number
 * @param jenkinsfile what was run, as a path from the root of the checkout
 * @param result its result
 * @param startMillis when it began, milliseconds since the epoch
 * @param durationMillis how long it took
 * @param parameters as given or by default
 */
public record BuildRecord(
        int number,
        String jenkinsfile,
        Result result,
        long startMillis,
        long durationMillis,
        Map<String, Object> parameters) {
    public BuildRecord {
        parameters = Map.copyOf(parameters);
    }
}
