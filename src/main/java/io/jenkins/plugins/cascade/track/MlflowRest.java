package io.jenkins.plugins.cascade.track;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlflow.api.proto.Service;
import org.mlflow_project.google.protobuf.Message;

/**
 * An MLflow server spoken to over its REST API (version 2.0). The requests and answers are the Java client's protocol
 * types; its transport is not used, because two answers 429 in a row hang it and it repeats the creation of runs.
 */
public final class MlflowRest implements TrackingServer {
    private static final int HISTORY_PAGE = 10_000;

    private final MlflowHttp http;

    MlflowRest(MlflowHttp http) {
        this.http = http;
    }

    /**
     * The server of a tracking URI; nothing is sent yet.
     *
     * @param trackingUri http or https address; a user and a password in it are used and never printed
     * @throws IllegalArgumentException if it is not such an address
     */
    public static MlflowRest at(String trackingUri, MlflowCredentials credentials) {
        return at(trackingUri, credentials, HttpLimits.patient());
    }

    static MlflowRest at(String trackingUri, MlflowCredentials credentials, HttpLimits limits) {
        return at(trackingUri, credentials, limits, MlflowTls.usual());
    }

    /** The server of an environment that names one, with the same exceptions. */
    static MlflowRest of(TrackingEnvironment environment, HttpLimits limits) {
        return at(environment.trackingUri().orElseThrow(), environment.credentials(), limits, environment.tls());
    }

    private static MlflowRest at(String trackingUri, MlflowCredentials credentials, HttpLimits limits, MlflowTls tls) {
        MlflowAddress address = MlflowAddress.parse(trackingUri);
        return new MlflowRest(
                new MlflowHttp(address, MlflowAddress.credentials(trackingUri, credentials), limits, tls.context()));
    }

    /**
     * The server that the environment names; nothing is sent yet.
     *
     * @return empty when it names none
     * @throws TrackingException when what it names is no address of a server
     */
    public static Optional<MlflowRest> in(TrackingEnvironment environment) throws TrackingException {
        if (environment.trackingUri().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(environment, HttpLimits.patient()));
        } catch (IllegalArgumentException e) {
            throw TrackingException.lasting(e.getMessage(), e);
        }
    }

    @Override
    public RunArtifacts artifacts() {
        return new RunArtifacts(http, ArtifactHttp.PATIENT_STALL);
    }

    /** Its registered models. */
    public ModelRegistry registry() {
        return new ModelRegistry(http);
    }

    @Override
    public RunSearch search() {
        return new RunSearch(http);
    }

    @Override
    public String address() {
        return http.address().toString();
    }

    @Override
    public String runPage(String experimentId, String runId) {
        return http.address().runPage(experimentId, runId);
    }

    @Override
    public String chartPage(String experimentId) {
        return http.address().chartPage(experimentId);
    }

    @Override
    public String experimentId(String name) throws TrackingException {
        Optional<String> there = experimentByName(name);
        if (there.isPresent()) {
            return there.get();
        }
        try {
            String body = ProtoJson.print(Service.CreateExperiment.newBuilder().setName(name));
            return parse(http.postOnce("experiments/create", body), Service.CreateExperiment.Response.newBuilder())
                    .getExperimentId();
        } catch (TrackingException e) {
            if (e.errorCode().filter("RESOURCE_ALREADY_EXISTS"::equals).isPresent()) {
                return experimentByName(name).orElseThrow(() -> e);
            }
            throw e;
        }
    }

    private Optional<String> experimentByName(String name) throws TrackingException {
        try {
            String answer = http.get("experiments/get-by-name", Map.of("experiment_name", name));
            Service.Experiment experiment = parse(answer, Service.GetExperimentByName.Response.newBuilder())
                    .getExperiment();
            if ("deleted".equals(experiment.getLifecycleStage())) {
                throw TrackingException.noAnswer(
                        "MLflow at " + address() + " has deleted the experiment \"" + name
                                + "\"; restore it there or set MLFLOW_EXPERIMENT_NAME to another one",
                        null);
            }
            return Optional.of(experiment.getExperimentId());
        } catch (TrackingException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Optional<Service.Run> findRun(String experimentId, String tag, String value) throws TrackingException {
        if (!value.matches("[A-Za-z0-9_.-]{1,250}")) {
            return Optional.empty();
        }
        String body = ProtoJson.print(Service.SearchRuns.newBuilder()
                .addExperimentIds(experimentId)
                .setFilter("tags.`" + tag + "` = '" + value + "'")
                .setRunViewType(Service.ViewType.ALL)
                .setMaxResults(1));
        return parse(http.postIdempotent("runs/search", body), Service.SearchRuns.Response.newBuilder())
                .getRunsList()
                .stream()
                .findFirst();
    }

    @Override
    public Optional<Service.Run> run(String runId) throws TrackingException {
        try {
            String answer = http.get("runs/get", Map.of("run_id", runId));
            return Optional.of(
                    parse(answer, Service.GetRun.Response.newBuilder()).getRun());
        } catch (TrackingException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Service.Run createRun(Service.CreateRun request) throws TrackingException {
        return parse(http.postOnce("runs/create", ProtoJson.print(request)), Service.CreateRun.Response.newBuilder())
                .getRun();
    }

    @Override
    public void logBatch(Service.LogBatch batch) throws TrackingException {
        http.postIdempotent("runs/log-batch", ProtoJson.print(batch));
    }

    @Override
    public void logInputs(Service.LogInputs inputs) throws TrackingException {
        http.postIdempotent("runs/log-inputs", ProtoJson.print(inputs));
    }

    @Override
    public void updateRun(Service.UpdateRun request) throws TrackingException {
        http.postIdempotent("runs/update", ProtoJson.print(request));
    }

    @Override
    public List<Service.Metric> metricHistory(String runId, String metric) throws TrackingException {
        List<Service.Metric> points = new ArrayList<>();
        String page = "";
        do {
            Map<String, String> query = Map.of(
                    "run_id",
                    runId,
                    "metric_key",
                    metric,
                    "max_results",
                    String.valueOf(HISTORY_PAGE),
                    "page_token",
                    page);
            Service.GetMetricHistory.Response.Builder answer =
                    parse(http.get("metrics/get-history", query), Service.GetMetricHistory.Response.newBuilder());
            points.addAll(answer.getMetricsList());
            page = answer.getNextPageToken();
        } while (!page.isEmpty());
        return List.copyOf(points);
    }

    private <B extends Message.Builder> B parse(String json, B builder) throws TrackingException {
        return ProtoJson.parse(http.address(), json, builder);
    }
}
