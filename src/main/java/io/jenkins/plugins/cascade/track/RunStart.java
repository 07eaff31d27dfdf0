package io.jenkins.plugins.cascade.track;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a run starts with.
 *
 * @param experiment name of the MLflow experiment, made on the server when it is not there
 * @param runName name of the run, for people; not unique
 * @param parentRunId run under which this one is nested (an id from {@link Tracker#startRun} or MLflow's own), or null
 * @param tags tags set at the start; {@code mlflow.*} names have a meaning to MLflow (see {@link RunTags})
 * @param params parameters; MLflow never lets a parameter change
 * @param resumeRunId run to go on with instead of starting a new one (an id from {@link Tracker#startRun} or MLflow's
 *     own), or null
 */
public record RunStart(
        String experiment,
        String runName,
        String parentRunId,
        Map<String, String> tags,
        Map<String, String> params,
        String resumeRunId) {

    /** Checks that the names are there and keeps copies of the maps. */
    public RunStart {
        if (Objects.requireNonNull(experiment, "experiment").isBlank()) {
            throw new IllegalArgumentException("The name of the MLflow experiment is empty; give it one.");
        }
        if (Objects.requireNonNull(runName, "runName").isBlank()) {
            throw new IllegalArgumentException("The name of the MLflow run is empty; give it one.");
        }
        tags = Map.copyOf(tags);
        params = Map.copyOf(params);
    }

    /** A new run of its own, without tags and parameters. */
    public static RunStart of(String experiment, String runName) {
        return new RunStart(experiment, runName, null, Map.of(), Map.of(), null);
    }

    /** The same, nested under another run. */
    public RunStart childOf(String parent) {
        return new RunStart(experiment, runName, parent, tags, params, resumeRunId);
    }

    /** The same, with these tags added. */
    public RunStart withTags(Map<String, String> more) {
        return new RunStart(experiment, runName, parentRunId, merged(tags, more), params, resumeRunId);
    }

    /** The same, with these parameters added. */
    public RunStart withParams(Map<String, String> more) {
        return new RunStart(experiment, runName, parentRunId, tags, merged(params, more), resumeRunId);
    }

    /** The same, going on with a run that was started before. */
    public RunStart resuming(String runId) {
        return new RunStart(experiment, runName, parentRunId, tags, params, runId);
    }

    private static Map<String, String> merged(Map<String, String> first, Map<String, String> second) {
        Map<String, String> all = new LinkedHashMap<>(first);
        all.putAll(second);
        return all;
    }
}
