package io.jenkins.plugins.cascade.track;

import java.util.Map;
import java.util.Optional;

/**
 * What MLflow's own clients read from the environment.
 *
 * @param trackingUri {@code MLFLOW_TRACKING_URI}; only http and https addresses are spoken to
 * @param experimentName {@code MLFLOW_EXPERIMENT_NAME}
 * @param runName {@code MLFLOW_RUN_NAME}, for the parent run
 * @param runId {@code MLFLOW_RUN_ID}, MLflow's id of a run to go on with
 * @param credentials from {@code MLFLOW_TRACKING_USERNAME} and {@code MLFLOW_TRACKING_PASSWORD}, or
 *     {@code MLFLOW_TRACKING_TOKEN}
 * @param tls from {@code MLFLOW_TRACKING_SERVER_CERT_PATH} and {@code MLFLOW_TRACKING_INSECURE_TLS}
 */
public record TrackingEnvironment(
        Optional<String> trackingUri,
        Optional<String> experimentName,
        Optional<String> runName,
        Optional<String> runId,
        MlflowCredentials credentials,
        MlflowTls tls) {

    /** The same with the JVM's own authorities for secure connections. */
    public TrackingEnvironment(
            Optional<String> trackingUri,
            Optional<String> experimentName,
            Optional<String> runName,
            Optional<String> runId,
            MlflowCredentials credentials) {
        this(trackingUri, experimentName, runName, runId, credentials, MlflowTls.usual());
    }

    /** Without a server and without names: everything stays in the journal. */
    public static TrackingEnvironment none() {
        return from(Map.of());
    }

    /** Reads the variables; empty values count as absent. */
    public static TrackingEnvironment from(Map<String, String> variables) {
        return new TrackingEnvironment(
                value(variables, "MLFLOW_TRACKING_URI"),
                value(variables, "MLFLOW_EXPERIMENT_NAME"),
                value(variables, "MLFLOW_RUN_NAME"),
                value(variables, "MLFLOW_RUN_ID"),
                MlflowCredentials.from(variables),
                MlflowTls.from(variables));
    }

    /** The same, with another server: the one that {@code --mlflow} started. */
    public TrackingEnvironment withTrackingUri(String uri) {
        return new TrackingEnvironment(Optional.of(uri), experimentName, runName, runId, credentials, tls);
    }

    private static Optional<String> value(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
