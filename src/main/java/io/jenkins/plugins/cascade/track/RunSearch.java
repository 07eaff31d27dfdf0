package io.jenkins.plugins.cascade.track;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlflow.api.proto.Service;

/**
 * Looks for runs. What a method returns is what the server answered: a run that is not there is an empty answer, a server that is away,
 * refuses or answers something else is a {@link TrackingException}, so that whoever decides by the answer never takes a failure for "none".
 */
public final class RunSearch {
    /** Tag with the content key of a stage's run. */
    public static final String KEY = "cascade.key";

    /** Tag with what became of a stage: {@code accepted}, {@code rejected}, ... */
    public static final String GATE_STATUS = "gate.status";

    /** Most runs that one search returns. */
    public static final int MOST = 200;

    private static final int PAGE = 100;
    private static final String NEWEST_FIRST = "attributes.start_time DESC";

    private final MlflowHttp http;

    RunSearch(MlflowHttp http) {
        this.http = http;
    }

    /**
     * The run with this id of MLflow's; empty when there is none or it was deleted.
     *
     * @throws TrackingException when the server cannot say
     */
    public Optional<FoundRun> byId(String runId) throws TrackingException {
        try {
            String answer = http.get("runs/get", Map.of("run_id", runId));
            Service.Run run = ProtoJson.parse(http.address(), answer, Service.GetRun.Response.newBuilder())
                    .getRun();
            return Optional.of(run)
                    .filter(there -> !"deleted".equals(there.getInfo().getLifecycleStage()))
                    .map(RunSearch::found);
        } catch (TrackingException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Id of the experiment with this name; empty when there is none or it was deleted.
     *
     * @throws TrackingException when the server cannot say
     */
    public Optional<String> experimentId(String name) throws TrackingException {
        try {
            String answer = http.get("experiments/get-by-name", Map.of("experiment_name", name));
            Service.Experiment experiment = ProtoJson.parse(
                            http.address(), answer, Service.GetExperimentByName.Response.newBuilder())
                    .getExperiment();
            return Optional.of(experiment)
                    .filter(there -> !"deleted".equals(there.getLifecycleStage()))
                    .map(Service.Experiment::getExperimentId);
        } catch (TrackingException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * The finished and accepted runs of an experiment whose content key this is, newest first, at most {@value #MOST}.
     *
     * @param experiment name of the experiment; when there is none the answer is empty
     * @param key content key, {@code sha256:} and 64 hexadecimal digits
     * @throws TrackingException when the server cannot say
     */
    public List<FoundRun> acceptedByKey(String experiment, String key) throws TrackingException {
        return accepted(experiment, Map.of(KEY, key), MOST);
    }

    /**
     * The last accepted run of an experiment: the newest that is {@code FINISHED}, whose tag {@value #GATE_STATUS} is {@code accepted} and
     * that has all the given tags.
     *
     * @param experiment name of the experiment; when there is none the answer is empty
     * @param tags further tags, for example {@code cascade.stage} or {@code mlflow.source.git.branch}
     * @throws TrackingException when the server cannot say, or a tag cannot be searched for
     */
    public Optional<FoundRun> lastAccepted(String experiment, Map<String, String> tags) throws TrackingException {
        return accepted(experiment, tags, 1).stream().findFirst();
    }

    private List<FoundRun> accepted(String experiment, Map<String, String> tags, int most) throws TrackingException {
        Optional<String> id = experimentId(experiment);
        Map<String, String> all = new HashMap<>(tags);
        all.put(GATE_STATUS, "accepted");
        String filter = SearchFilter.all(SearchFilter.tags(all), SearchFilter.equal("attributes.status", "FINISHED"));
        return id.isEmpty() ? List.of() : runs(id.get(), filter, most);
    }

    /**
     * The runs nested under a run, newest first, at most {@value #MOST}.
     *
     * @throws TrackingException when the server cannot say
     */
    public List<FoundRun> children(FoundRun parent) throws TrackingException {
        return runs(parent.experimentId(), SearchFilter.tags(Map.of(RunTags.PARENT, parent.runId())), MOST);
    }

    private List<FoundRun> runs(String experimentId, String filter, int most) throws TrackingException {
        List<FoundRun> runs = new ArrayList<>();
        String page = "";
        do {
            String body = ProtoJson.print(Service.SearchRuns.newBuilder()
                    .addExperimentIds(experimentId)
                    .setFilter(filter)
                    .setRunViewType(Service.ViewType.ACTIVE_ONLY)
                    .addOrderBy(NEWEST_FIRST)
                    .setMaxResults(Math.min(PAGE, most - runs.size()))
                    .setPageToken(page));
            Service.SearchRuns.Response.Builder answer = ProtoJson.parse(
                    http.address(), http.postIdempotent("runs/search", body), Service.SearchRuns.Response.newBuilder());
            answer.getRunsList().stream().map(RunSearch::found).forEach(runs::add);
            page = answer.getRunsCount() == 0 ? "" : answer.getNextPageToken();
        } while (!page.isEmpty() && runs.size() < most);
        return List.copyOf(runs.subList(0, Math.min(most, runs.size())));
    }

    private static FoundRun found(Service.Run run) {
        Service.RunInfo info = run.getInfo();
        Map<String, String> tags = new HashMap<>();
        run.getData().getTagsList().forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        Map<String, String> params = new HashMap<>();
        run.getData().getParamsList().forEach(param -> params.put(param.getKey(), param.getValue()));
        Map<String, Double> metrics = new HashMap<>();
        run.getData().getMetricsList().forEach(metric -> metrics.put(metric.getKey(), metric.getValue()));
        return new FoundRun(
                info.getExperimentId(),
                info.getRunId(),
                info.getRunName(),
                info.getStatus().name(),
                info.getStartTime(),
                info.getEndTime(),
                info.getArtifactUri(),
                tags,
                params,
                metrics);
    }
}
