package io.jenkins.plugins.cascade.track;

import java.util.Map;
import java.util.Optional;

/**
 * A run as the server knows it.
 *
 * @param experimentId MLflow's id of its experiment
 * @param runId MLflow's id
 * @param name of the run, for people
 * @param status of MLflow: {@code RUNNING}, {@code SCHEDULED}, {@code FINISHED}, {@code FAILED}, {@code KILLED}
 * @param startMillis when it started, in milliseconds since 1970
 * @param endMillis when it ended; 0 while it has not
 * @param artifactUri where its artifacts are
 * @param tags its tags, those of {@code mlflow.*} included
 * @param params its parameters
 * @param metrics the last value of each of its metrics
 */
public record FoundRun(
        String experimentId,
        String runId,
        String name,
        String status,
        long startMillis,
        long endMillis,
        String artifactUri,
        Map<String, String> tags,
        Map<String, String> params,
        Map<String, Double> metrics) {
    /** Keeps copies of the maps. */
    public FoundRun {
        tags = Map.copyOf(tags);
        params = Map.copyOf(params);
        metrics = Map.copyOf(metrics);
    }

    /** The value of a tag. */
    public Optional<String> tag(String key) {
        return Optional.ofNullable(tags.get(key));
    }
}
