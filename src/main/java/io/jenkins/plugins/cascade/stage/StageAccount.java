package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.recipe.StageEvent;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.report.StageRecord;
import io.jenkins.plugins.cascade.report.StageRecordBuilder;
import io.jenkins.plugins.cascade.track.TrackingServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The account that is kept of one stage, whichever machine it runs on: what the log says of it, its record in the build's, its run in
 * MLflow, and the gate's decision.
 */
final class StageAccount {
    private final CascadeOptions options;
    private final StageTracking tracking;
    private final CascadeLedger ledger;
    private final StageHost host;
    private final StageRequest request;
    private final AcceptedStage parent;
    private final String before;
    private StageRecordBuilder record;
    private String baseline;
    private String run;
    private Publication publication;

    /** Gathers what later builds need of the stage, once it is judged. */
    private interface Publication {
        Path write(StageRecord ended) throws IOException;
    }

    /**
     * How a stage ended.
     *
     * @param record its record
     * @param accepted what later stages may build on; empty when it was not accepted
     */
    record Closed(StageRecord record, Optional<AcceptedStage> accepted) {}

    /**
     * Where a stage is kept.
     *
     * @param store absolute path of the store on the machine where it runs
     * @param directory its directory there, relative to the store
     * @param files the same, or the copy of its files that the report reads, relative to the options' workspace
     */
    record Place(String store, String directory, String files) {}

    /**
     * An account.
     *
     * @param parent the stage that this one builds on, or null
     * @param before content key of the stage that this build accepted under the same name before, or null
     */
    StageAccount(
            CascadeOptions options,
            StageTracking tracking,
            CascadeLedger ledger,
            StageHost host,
            StageRequest request,
            AcceptedStage parent,
            String before) {
        this.options = options;
        this.tracking = tracking;
        this.ledger = ledger;
        this.host = host;
        this.request = request;
        this.parent = parent;
        this.before = before;
        this.record = StageRecord.builder(request.name(), request.kind())
                .domain(request.domain())
                .parent(parent == null ? null : parent.name())
                .seed(request.seed());
    }

    /**
     * Says what the stage is.
     *
     * @param key its content key
     * @throws StageException when this build accepted another stage under the same name before
     */
    void announce(StageSpec spec, String key, GatePlan plan) throws StageException {
        if (before != null && !before.equals(key)) {
            throw new StageException(AcceptedStages.twice(request.name()));
        }
        say("stage " + request.kind().name().toLowerCase(Locale.ROOT)
                + (parent == null ? "" : ", from " + parent.name()) + ", seed " + spec.seed());
        SettingsSummary.lines(spec).forEach(line -> host.line("  " + line));
        plan.unguarded()
                .forEach(name ->
                        say("warning: the benchmark '" + name + "' is not evaluated here, so nothing guards it"));
    }

    /** Says what the stage will be compared with, where that is more than its parent, and what of it is missing there. */
    void announce(List<GateSide> sides, StageSpec spec) {
        if (request.baselines() == null) {
            return;
        }
        say("gate: against "
                + sides.stream().map(side -> side.baseline().name()).collect(Collectors.joining(", ")));
        for (GateSide side : sides) {
            spec.benchmarks().stream()
                    .filter(benchmark -> !side.baseline().scores().containsKey(benchmark.name()))
                    .forEach(benchmark ->
                            say("warning: '" + side.baseline().name() + "' has no scores of the benchmark '"
                                    + benchmark.name() + "', so it is not compared with that"));
        }
    }

    /** Puts the stage into the build's record before anything is known of it but its request. */
    void expect() {
        publish(record.build());
    }

    /**
     * Puts the stage into the build's record and into MLflow, as running.
     *
     * @param reused whether an earlier result is taken
     * @param why why it is, or is not
     * @param mlflow its run in MLflow, started before this
     */
    void begin(StageSpec spec, String key, boolean reused, String why, Place place, String mlflow) {
        run = mlflow;
        record.key(key)
                .reused(reused, why)
                .data(spec.data())
                .modelDigest(spec.model().digest())
                .settings(spec.settings())
                .seed(spec.seed())
                .mlflowRunId(tracking.mlflowRunId(run).orElse(null))
                .mlflowUrl(tracking.url(run).orElse(null))
                .directory(place.files());
        publish(record.build());
    }

    /** Goes on with the record and the run of an earlier process. */
    void goOn(StageRecord left, String mlflow) {
        record = left.toBuilder();
        run = mlflow;
    }

    /** Logs an event of the trainer. */
    void event(StageEvent event) {
        tracking.event(run, event);
    }

    /**
     * The looks at a finished stage that its gates were planned with; empty where nothing is compared.
     *
     * @param sides what it is compared with
     * @param done what the trainer left, verified
     */
    Optional<GateLooks> looks(Preparation prepared, List<GateSide> sides, Place place, FinishedTraining done) {
        if (sides.isEmpty()) {
            return Optional.empty();
        }
        baseline = sides.get(0).baseline().name();
        ParentStage candidate = new ParentStage(
                request.name(),
                checkpoint(place, done),
                done.result().checkpointDigest(),
                place.store(),
                List.of(),
                List.of(),
                List.of());
        return Optional.of(new GateLooks(
                request,
                prepared.spec(),
                candidate,
                sides,
                Debts.carriedBy(parent, options.workspace()),
                options.workspace().resolve(place.files()),
                place.files(),
                done.scores()));
    }

    private static String checkpoint(Place place, FinishedTraining done) {
        return place.directory() + "/" + done.result().checkpoint();
    }

    /** Says that a further look lacks an evaluation. */
    void sayMissing(ExtraSamples extra, Ending ending) {
        say("warning: look " + extra.look()
                + (extra.ofCandidate()
                        ? " cannot be taken"
                        : " is taken without more samples of " + extra.model().name())
                + ": "
                + ending.message());
    }

    /**
     * Judges a finished stage by the last look. The account stays open.
     *
     * @param done what the trainer left, verified
     * @param looks null where nothing is compared
     */
    Closed judge(Preparation prepared, Place place, FinishedTraining done, GateLooks looks) {
        record.scores(done.summaries())
                .checkpoint(checkpoint(place, done))
                .checkpointDigest(done.result().checkpointDigest())
                .trainSeconds(done.result().trainSeconds())
                .evaluateSeconds(done.result().evaluateSeconds())
                .trainedTokens(done.result().trainedTokens())
                .sampledTokens(done.result().sampledTokens())
                .status(StageRecord.Status.ACCEPTED);
        Optional.ofNullable(looks).flatMap(GateLooks::decision).ifPresent(this::decided);
        StageRecord judged = withRun().build();
        publication = ended -> new StagePublication(options, parent)
                .write(prepared.spec(), ended, place, prepared.plan().gates());
        boolean goesOn = judged.status() != StageRecord.Status.REJECTED;
        Optional<AcceptedStage> accepted = goesOn
                ? Optional.of(new AcceptedStage(
                        judged,
                        prepared.spec(),
                        place.store(),
                        prepared.files(),
                        done.scores(),
                        prepared.plan().gates()))
                : Optional.empty();
        return new Closed(judged, accepted);
    }

    private void decided(GateDecision decision) {
        Judgement judgement = Judgement.of(decision, request.onRegression(), request.onInconclusive(), false);
        GateLines.print(host, request.name(), request.name(), baseline, decision);
        record.gate(decision, baseline)
                .policy(request.onRegression().word(), request.onInconclusive().word())
                .status(judgement.status())
                .message(judgement.message());
    }

    /** Closes the account of a stage that was judged. */
    Closed close(Closed judged) {
        return close(judged.record(), judged.accepted());
    }

    /** Closes the account of a stage that did not come to its end. */
    Closed fail(StageRecord.Status status, String message) {
        record.status(status).message(message);
        return close(withRun().build(), Optional.empty());
    }

    /** Records a stage that could not begin; the caller tells the user. One that this build accepted before stays as it is. */
    void refuse(String message) {
        if (before == null) {
            publish(record.status(StageRecord.Status.FAILED).message(message).build());
        }
    }

    /** What a store that several jobs share keeps of a judged stage. */
    StageState state(StageRecord judged) {
        return new StageState(
                StageState.SCHEMA,
                judged.key(),
                request.name(),
                judged.status(),
                options.cascade(),
                options.build(),
                System.currentTimeMillis());
    }

    private StageRecordBuilder withRun() {
        return run == null
                ? record
                : record.mlflowRunId(tracking.mlflowRunId(run).orElse(null))
                        .mlflowUrl(tracking.url(run).orElse(null));
    }

    private Closed close(StageRecord ended, Optional<AcceptedStage> accepted) {
        publish(ended);
        publishFiles(ended);
        if (run != null) {
            tracking.end(run, ended, ledger.cascade().stages().indexOf(ended));
        }
        say(ended.status().name().toLowerCase(Locale.ROOT) + (ended.message().isEmpty() ? "" : ": " + ended.message()));
        return new Closed(ended, accepted);
    }

    /** Sends the checkpoint of an accepted stage to its run. What is not there when it fails is said, and stays here. */
    void send(StageRecord accepted, Path store) {
        Optional<UploadOrder> order = upload(accepted);
        Optional<TrackingServer> server = tracking.server();
        if (order.isEmpty() || server.isEmpty()) {
            return;
        }
        try {
            say(new CheckpointUpload(server.get(), order.get()).send(store));
        } catch (IOException e) {
            say("warning: the checkpoint is not in MLflow and stays here: " + e.getMessage());
        }
    }

    /** What is to be sent to MLflow of an accepted stage; empty when nothing is, or there is no run to send it to, which is then said. */
    Optional<UploadOrder> upload(StageRecord accepted) {
        if (!request.checkpoints().sends() || accepted.checkpoint() == null) {
            return Optional.empty();
        }
        String id = run == null ? null : tracking.mlflowRunId(run).orElse(null);
        String known = id == null ? accepted.mlflowRunId() : id;
        if (known == null) {
            say("warning: the checkpoint is not in MLflow and stays here: no MLflow server knows the stage's run");
            return Optional.empty();
        }
        return Optional.of(new UploadOrder(
                UploadOrder.SCHEMA,
                accepted.name(),
                options.experiment(),
                accepted.key(),
                known,
                accepted.checkpoint(),
                accepted.checkpointDigest(),
                request.checkpoints() == CheckpointPlace.MLFLOW));
    }

    /** Gathers what later builds need of a judged stage, and lets it go to its run. */
    private void publishFiles(StageRecord ended) {
        if (publication == null || run == null) {
            return;
        }
        try {
            tracking.publish(run, publication.write(ended));
        } catch (IOException e) {
            say("warning: what later builds need of this stage cannot be kept: " + e.getMessage());
        }
    }

    private void publish(StageRecord current) {
        ledger.update(cascade -> cascade.withStage(current)).ifPresent(this::say);
    }

    /** A line of the log that begins with the stage's name. */
    void say(String text) {
        host.line("[" + request.name() + "] " + text);
    }
}
