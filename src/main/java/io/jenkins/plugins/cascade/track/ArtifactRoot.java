package io.jenkins.plugins.cascade.track;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import org.mlflow.api.proto.Service;

/** Where a run's artifacts are in the store that its server gives access to. */
final class ArtifactRoot {
    private static final String SCHEME = "mlflow-artifacts";

    private ArtifactRoot() {}

    /**
     * Path of a run's artifacts in the store.
     *
     * @throws TrackingException also when the server gives no access to them
     */
    static String of(MlflowHttp http, String runId) throws TrackingException {
        String answer = http.get("runs/get", Map.of("run_id", runId));
        String uri = ProtoJson.parse(http.address(), answer, Service.GetRun.Response.newBuilder())
                .getRun()
                .getInfo()
                .getArtifactUri();
        URI parsed = parsed(http, runId, uri);
        // An authority in it would be another server; only the configured one is ever spoken to.
        if (!SCHEME.equals(parsed.getScheme()) || parsed.getRawAuthority() != null || parsed.getPath() == null) {
            throw elsewhere(http, runId, uri);
        }
        return ArtifactPath.checked(parsed.getPath().replaceAll("^/+|/+$", ""));
    }

    private static URI parsed(MlflowHttp http, String runId, String uri) throws TrackingException {
        try {
            return new URI(uri);
        } catch (URISyntaxException e) {
            throw elsewhere(http, runId, uri);
        }
    }

    private static TrackingException elsewhere(MlflowHttp http, String runId, String uri) {
        return TrackingException.lasting(
                "MLflow at " + http.address() + " keeps the artifacts of run " + runId + " at " + Answers.printable(uri)
                        + ", where only its own clients reach them: start it with --serve-artifacts and give the"
                        + " experiment an artifact location of mlflow-artifacts:/",
                null);
    }
}
