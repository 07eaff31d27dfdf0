package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.BenchmarkSpec;
import io.jenkins.plugins.cascade.recipe.DataFile;
import io.jenkins.plugins.cascade.recipe.StageEvent;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.report.CascadeFile;
import io.jenkins.plugins.cascade.report.HtmlReport;
import io.jenkins.plugins.cascade.report.PromotionRecord;
import io.jenkins.plugins.cascade.report.StageRecord;
import io.jenkins.plugins.cascade.track.RunSearch;
import io.jenkins.plugins.cascade.track.RunStart;
import io.jenkins.plugins.cascade.track.RunStatus;
import io.jenkins.plugins.cascade.track.RunTags;
import io.jenkins.plugins.cascade.track.Tracker;
import io.jenkins.plugins.cascade.track.TrackingServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A cascade as MLflow shows it: a parent run with the scores of all stages, a nested run for each stage with its curves, settings and
 * the gate's answer in the tag {@code gate.status}. A resumed or adopted stage logs its events from the first on, so its run is whole.
 */
final class StageTracking {
    /** Tag with the digest of the stage's checkpoint. */
    static final String CHECKPOINT = "cascade.checkpoint";

    private static final String REWARD_MODEL = "reward-model";
    private static final String EVALUATION = "evaluation";

    private final Tracker tracker;
    private final CascadeOptions options;
    private final String parentRun;

    /**
     * Starts the parent run, or goes on with it.
     *
     * @param run the tracker's id of a run that was started before, or shall have this id; null for a new one
     */
    StageTracking(Tracker tracker, CascadeOptions options, String run) {
        this.tracker = tracker;
        this.options = options;
        Map<String, String> tags = new LinkedHashMap<>(options.tags());
        tags.put(MlflowRuns.ROLE, MlflowRuns.BUILD);
        tags.put(MlflowRuns.CASCADE, options.cascade());
        parentRun = tracker.startRun(RunStart.of(options.experiment(), options.runName())
                .withTags(tags)
                .withParams(Map.of("cascade", options.cascade(), "build", Integer.toString(options.build())))
                .resuming(run));
    }

    /**
     * Starts the nested run of a stage.
     *
     * @param parent name of the stage that it builds on, or null
     */
    String start(StageSpec spec, String key, boolean reused, String parent) {
        return start(spec, key, reused, parent, null);
    }

    /**
     * Starts the nested run of a stage, or goes on with it.
     *
     * @param parent name of the stage that it builds on, or null
     * @param run the tracker's id of a run that was started before, or shall have this id; null for a new one
     */
    String start(StageSpec spec, String key, boolean reused, String parent, String run) {
        Map<String, String> params = new LinkedHashMap<>(SettingsSummary.flat(spec.settings()));
        params.put("seed", Long.toString(spec.seed()));
        params.put("model", spec.model().digest());
        for (int i = 0; i < spec.data().size(); i++) {
            DataFile file = spec.data().get(i);
            params.put("data." + i, file.role() + " " + PlainPath.lastPart(file.path()) + " " + file.digest());
        }
        for (BenchmarkSpec benchmark : spec.benchmarks()) {
            params.put("benchmark." + benchmark.name(), benchmark.samples() + " samples, " + benchmark.digest());
        }
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("cascade.stage", spec.name());
        tags.put("cascade.kind", spec.kind().name().toLowerCase(Locale.ROOT));
        tags.put("cascade.key", key);
        tags.put("cascade.model", spec.model().digest());
        tags.put(MlflowRuns.CASCADE, options.cascade());
        tags.put("cascade.build", Integer.toString(options.build()));
        Optional.ofNullable(parent).ifPresent(name -> tags.put("cascade.parent", name));
        Optional.ofNullable(options.commit()).ifPresent(commit -> tags.put(RunTags.COMMIT, commit));
        tags.put("cascade.reused", Boolean.toString(reused));
        Optional.ofNullable(spec.domain()).ifPresent(domain -> tags.put("cascade.domain", domain));
        String started = tracker.startRun(RunStart.of(options.experiment(), spec.name())
                .childOf(parentRun)
                .withTags(options.tags())
                .withTags(tags)
                .withParams(params)
                .resuming(run));
        tracker.inputs(started, StageInputs.of(spec));
        return started;
    }

    /** Logs a step of training, or how busy its machine is. */
    void event(String run, StageEvent event) {
        if (event.kind() == StageEvent.Kind.SYSTEM) {
            tracker.metrics(run, event.step(), event.timeMillis(), event.metrics());
            return;
        }
        if (event.kind() != StageEvent.Kind.STEP || event.phase().equals(EVALUATION)) {
            return;
        }
        Map<String, Double> metrics = event.metrics();
        if (event.phase().equals(REWARD_MODEL)) {
            // Both phases of RLHF count their steps from 1, so the reward model's curves get names of their own.
            Map<String, Double> renamed = new LinkedHashMap<>();
            metrics.forEach((name, value) -> renamed.put("reward_model/" + name.replaceFirst("^train/", ""), value));
            metrics = renamed;
        }
        tracker.metrics(run, event.step(), event.timeMillis(), metrics);
    }

    /** Logs how a stage ended. */
    void end(String run, StageRecord record, int index) {
        long now = System.currentTimeMillis();
        Map<String, Double> scores = new LinkedHashMap<>();
        Map<String, Double> onParent = new LinkedHashMap<>();
        record.scores().forEach((benchmark, score) -> {
            scores.put("eval/" + benchmark, score.mean());
            scores.put("eval_standard_error/" + benchmark, score.standardError());
            onParent.put("stage/" + benchmark, score.mean());
        });
        if (!scores.isEmpty()) {
            tracker.metrics(run, 0, now, scores);
            tracker.metrics(parentRun, index, now, onParent);
        }
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(RunSearch.GATE_STATUS, record.status().name().toLowerCase(Locale.ROOT));
        tags.put(
                "gate.verdict",
                record.gate() == null ? "NONE" : record.gate().verdict().name());
        if (record.checkpointDigest() != null) {
            tags.put(CHECKPOINT, record.checkpointDigest());
        }
        if (!record.message().isEmpty()) {
            tags.put("cascade.message", record.message());
        }
        tracker.tags(run, tags);
        tracker.endRun(run, status(record.status()));
    }

    /**
     * Lets the files of a folder go to the artifacts of a stage's run.
     *
     * @param folder in the build's folder
     * @throws IOException when it cannot be listed
     */
    void publish(String run, Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            String name = folder.relativize(file).toString().replace('\\', '/');
            tracker.artifact(run, file, PublishedStage.FOLDER + "/" + name);
        }
    }

    /** Notes on the parent run that a checkpoint was promoted. */
    void promoted(PromotionRecord promotion) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("cascade.promoted", promotion.model() + "/" + promotion.version() + " " + promotion.alias());
        if (promotion.reason() != null) {
            tags.put("cascade.promoted.reason", promotion.reason());
        }
        tracker.tags(parentRun, tags);
    }

    /**
     * Ends the parent run.
     *
     * @param accepted whether the build's last gate accepted its last checkpoint
     */
    void finish(String result, boolean accepted) {
        tracker.tags(
                parentRun,
                Map.of("cascade.result", result, RunSearch.GATE_STATUS, accepted ? "accepted" : "not accepted"));
        tracker.endRun(
                parentRun,
                switch (result) {
                    case "SUCCESS", "UNSTABLE" -> RunStatus.FINISHED;
                    case "ABORTED" -> RunStatus.KILLED;
                    default -> RunStatus.FAILED;
                });
    }

    /** Lets the record of the build and its report go to the parent run, once they are written. */
    void files(Path buildDirectory) {
        for (String name : List.of(CascadeFile.NAME, HtmlReport.NAME)) {
            Path file = buildDirectory.resolve(name);
            if (Files.isRegularFile(file)) {
                tracker.artifact(parentRun, file, name);
            }
        }
    }

    /** The server; empty without one. */
    Optional<TrackingServer> server() {
        return tracker.server();
    }

    /** Page that compares the runs of the experiment. */
    Optional<String> comparisonUrl() {
        return tracker.comparisonUrl(parentRun);
    }

    /** MLflow's id of a run, where it has one. */
    Optional<String> mlflowRunId(String run) {
        return tracker.mlflowRunId(run);
    }

    /** Page of a run. */
    Optional<String> url(String run) {
        return tracker.url(run);
    }

    /** Page of the parent run. */
    Optional<String> parentUrl() {
        return tracker.url(parentRun);
    }

    private static RunStatus status(StageRecord.Status status) {
        return switch (status) {
            case ACCEPTED, UNSTABLE, REJECTED -> RunStatus.FINISHED;
            case STOPPED -> RunStatus.KILLED;
            case FAILED, RUNNING -> RunStatus.FAILED;
        };
    }
}
