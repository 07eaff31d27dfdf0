package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.gate.GateEvaluator;
import io.jenkins.plugins.cascade.report.CascadeRecord;
import io.jenkins.plugins.cascade.report.Champion;
import io.jenkins.plugins.cascade.report.GateRecord;
import io.jenkins.plugins.cascade.report.PromotionRecord;
import io.jenkins.plugins.cascade.report.StageRecord;
import io.jenkins.plugins.cascade.track.Tracker;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One build of a cascade: which stages were accepted so far, which is the anchor, and where everything is recorded. The anchor is the
 * first accepted stage without a parent: the evaluation of the model as it came, where the build begins with one, otherwise SFT. Stages
 * may run at the same time, each on a thread of its own.
 */
public final class CascadeSession {
    private final CascadeOptions options;
    private final LocalStages local;
    private final SessionBook book;
    private final Baselines baselines;
    private final MlflowRuns runs;
    private final StageTracking tracking;
    private final CascadeLedger ledger;
    private final AcceptedStages stages;

    private CascadeSession(
            CascadeOptions options,
            LocalStages local,
            SessionBook book,
            Tracker tracker,
            BaselineSource baselines,
            CascadeRecord record,
            List<AcceptedStage> accepted) {
        this.options = options;
        this.local = local;
        this.book = book;
        this.baselines = new Baselines(options, baselines);
        this.runs = baselines instanceof MlflowRuns mlflow ? mlflow : MlflowRuns.none();
        this.tracking = new StageTracking(tracker, options, book == null ? null : book.run());
        this.ledger = new CascadeLedger(record, options.workspace(), options.buildDirectory());
        this.stages = new AcceptedStages(accepted);
    }

    /**
     * Starts the record of a build.
     *
     * @param tracker where runs and metrics go; the caller opens and closes it
     * @throws StageException when the workspace or the build's folder cannot be written
     */
    public static CascadeSession open(CascadeOptions options, TrainerLauncher launcher, Tracker tracker)
            throws StageException {
        return open(options, launcher, tracker, BaselineSource.NONE);
    }

    /**
     * The same for a build whose gates may measure against earlier builds.
     *
     * @param baselines finds the scores of those; {@link MlflowRuns} also takes what later builds need
     */
    public static CascadeSession open(
            CascadeOptions options, TrainerLauncher launcher, Tracker tracker, BaselineSource baselines)
            throws StageException {
        LocalStages local = new LocalStages(launcher, new StageStore(options.workspace()));
        return new CascadeSession(options, local, null, tracker, baselines, started(options), List.of()).written();
    }

    private static CascadeRecord started(CascadeOptions options) {
        return CascadeRecord.started(options.cascade(), options.build(), now()).withCommit(options.commit());
    }

    private CascadeSession written() throws StageException {
        Optional<String> problem = ledger.update(
                cascade -> cascade.withMlflowUrl(tracking.parentUrl().orElse(null)));
        if (problem.isPresent()) {
            throw new StageException(problem.get());
        }
        return this;
    }

    /**
     * Opens the session of a build on a controller, whose stages run on other machines: from the records in the build's folder where there
     * are some, as they were when an earlier process left them; otherwise a new one. {@link CascadeOptions#workspace()} and
     * {@link CascadeOptions#buildDirectory()} are the same folder. MLflow's runs go on under their ids.
     *
     * @param tracker where runs and metrics go, from {@link Tracker#reopen}; the caller opens and closes it
     * @throws StageException with one sentence when a record is there and is damaged, or the folder cannot be written
     */
    public static CascadeSession reopen(CascadeOptions options, Tracker tracker) throws StageException {
        return reopen(options, tracker, BaselineSource.NONE);
    }

    /**
     * The same for a build whose gates may measure against earlier builds.
     *
     * @param baselines finds the scores of those
     */
    public static CascadeSession reopen(CascadeOptions options, Tracker tracker, BaselineSource baselines)
            throws StageException {
        Reopening reopening = new Reopening(options.buildDirectory());
        Optional<CascadeRecord> left = reopening.record();
        SessionBook book = SessionBook.open(options.buildDirectory());
        CascadeRecord record = left.orElseGet(() -> started(options)).withResult(null, null);
        List<AcceptedStage> accepted = reopening.accepted(record, book);
        return new CascadeSession(options, null, book, tracker, baselines, record, accepted).written();
    }

    /**
     * Begins a stage that runs on another machine, or goes on with it: after a restart the same request with the same attempt gives a stage
     * that mirrors on from where the earlier process was.
     *
     * @param host its console and, as {@link StageHost#workingDirectory()}, the step's folder on that machine; nothing else of it is asked
     * @param attempt names this start of the stage, unique in the folder that the machine keeps: 1 to 40 of {@code a-z}, {@code 0-9}, {@code -}
     * @throws StageException with one sentence when it cannot begin: a name given twice, an unknown parent
     */
    public RemoteStage remote(StageRequest request, StageHost host, String attempt) throws StageException {
        if (book == null) {
            throw new IllegalStateException("This session runs its stages on this machine");
        }
        if (!attempt.matches("[a-z0-9-]{1,40}")) {
            throw new IllegalArgumentException(
                    "An attempt is named by 1 to 40 of a-z, 0-9 and -, not '" + attempt + "'");
        }
        Optional<StageEntry> earlier = book.stage(request.name());
        Optional<StageEntry> same = earlier.filter(entry -> entry.attempt().equals(attempt));
        Optional<StageRecord> left = same.flatMap(entry -> record().stage(request.name()));
        Optional<StageRecord> closed = left.filter(stage -> stage.status() != StageRecord.Status.RUNNING);
        if (closed.isPresent()) {
            return new RemoteStage(account(request, host, null, same.get(), closed.get(), null));
        }
        String modelDigest = modelDigest(request);
        AcceptedStage parent = same.isPresent() ? stages.beginAgain(request, same.get()) : stages.begin(request);
        String parentName = parent == null ? null : parent.name();
        StageEntry entry = same.or(() -> earlier.map(before -> before.again(attempt, parentName)))
                .orElseGet(() -> StageEntry.begun(request.name(), attempt, parentName));
        RemoteAccount account = account(request, host, parent, entry, null, modelDigest);
        RemoteStage stage = new RemoteStage(account);
        if (left.isPresent()) {
            return stage.reopened(left.get());
        }
        expect(entry, account);
        return stage;
    }

    private void expect(StageEntry entry, RemoteAccount account) throws StageException {
        try {
            book.put(entry);
        } catch (StageException e) {
            stages.end(entry.name());
            throw e;
        }
        account.expect();
    }

    private RemoteAccount account(
            StageRequest request,
            StageHost host,
            AcceptedStage parent,
            StageEntry entry,
            StageRecord closed,
            String modelDigest) {
        return new RemoteAccount(
                options.buildDirectory(),
                book,
                tracking,
                account(request, host, parent),
                Progress.remote(host, request.name()),
                order(request, parent, host, entry, modelDigest),
                parent,
                files -> baselines(request, parent, request.name() + "-" + entry.attempt(), files),
                entry,
                closed,
                this::end);
    }

    private StageAccount account(StageRequest request, StageHost host, AcceptedStage parent) {
        String before =
                stages.stage(request.name()).map(stage -> stage.record().key()).orElse(null);
        return new StageAccount(options, tracking, ledger, host, request, parent, before);
    }

    private StageOrder order(
            StageRequest request, AcceptedStage parent, StageHost host, StageEntry entry, String modelDigest) {
        // What an earlier attempt of this build trained to its end is not trained again, whatever the step says.
        boolean trainedHere = entry.key() != null;
        return new StageOrder(
                StageOrder.SCHEMA,
                trainedHere ? request.withReuse() : request,
                parent == null ? null : parent.asParent(),
                host.workingDirectory().toString().replace('\\', '/'),
                options.leaseSeconds(),
                options.resume(),
                modelDigest);
    }

    /** Digest of a model that a step names by a reference to MLflow; null for any other. */
    private String modelDigest(StageRequest request) throws StageException {
        return MlflowReference.is(request.model())
                ? runs.checkpoint(runs.stage(MlflowReference.parse(request.model()), options.cascade()))
                : null;
    }

    private void end(StageAccount.Closed closed) {
        closed.accepted().ifPresent(stages::accept);
        stages.end(closed.record().name());
    }

    /**
     * Runs a stage to its end: reuses, adopts, resumes or trains it, and judges it. A stage that this build accepted before may be run
     * once more, as a block of several stages is when it is retried: what was trained is taken, and judged again.
     *
     * @return its record, whose status says what follows: ACCEPTED goes on; UNSTABLE goes on with a mark; REJECTED, FAILED and STOPPED end
     *     the build, the message saying why
     * @throws StageException with one sentence when it cannot start, because of its arguments, its files or the workspace
     * @throws InterruptedException when the thread is interrupted; the trainer ends by itself when its lease runs out
     */
    public StageRecord run(StageRequest request, StageHost host) throws StageException, InterruptedException {
        if (local == null) {
            throw new IllegalStateException("This session runs its stages on other machines");
        }
        AcceptedStage parent = stages.begin(request);
        try {
            StageRequest effective = stages.stage(request.name()).isPresent() ? request.withReuse() : request;
            StageAccount account = account(effective, host, parent);
            List<ComparedBaseline> against = localBaselines(effective, parent, host, account);
            StageRun run = new StageRun(options, local, tracking, account, host, effective, parent, against, runs);
            StageAccount.Closed result = run.run();
            result.accepted().ifPresent(stages::accept);
            return result.record();
        } finally {
            stages.end(request.name());
        }
    }

    /**
     * Compares two finished models, by default the last accepted stage with the anchor. A comparison that passes while a declared trade-off
     * is unpaid counts as a regression, because such a checkpoint must not be released. A side may be of an earlier build, or a score file;
     * where such a side cannot be read the verdict is ERROR.
     *
     * @throws StageException with one sentence when a stage is not known, a baseline has no scores, or there is nothing to compare
     */
    public GateRecord gate(GateRequest request, StageHost host) throws StageException, InterruptedException {
        try {
            return gate(request, host, new LocalBaselineFiles(host.workingDirectory()));
        } catch (IOException e) {
            throw new StageException("The gate '" + request.name() + "' cannot read a baseline: " + e.getMessage(), e);
        }
    }

    /**
     * The same where the score files that it names are on another machine.
     *
     * @param files brings them
     * @throws IOException when that machine is away; the same call may be made again later
     */
    public GateRecord gate(GateRequest request, StageHost host, BaselineFiles files)
            throws StageException, IOException, InterruptedException {
        GateComparison comparison = new GateComparison(request, runs, options, host, files);
        GateRecord record = comparison.isOfThisBuild()
                ? compared(request, comparison, files)
                : comparison.run(
                        () -> Contender.of(candidate(request), options.workspace()),
                        () -> Contender.of(
                                baselines(request, null, files).get(0).stage(), options.workspace()));
        ledger.update(cascade -> cascade.withGate(record)).ifPresent(host::line);
        return record;
    }

    private GateRecord compared(GateRequest request, GateComparison comparison, BaselineFiles files)
            throws StageException, IOException, InterruptedException {
        AcceptedStage candidate = candidate(request);
        List<GateSide> sides = new ArrayList<>();
        for (ComparedBaseline side : baselines(request, candidate, files)) {
            sides.add(new GateSide(side, GatePlan.between(request, candidate, side)));
        }
        GateDecision decision = new GateEvaluator()
                .evaluate(
                        sides.stream().map(GateSide::against).toList(),
                        candidate.scores(),
                        1,
                        Debts.carriedBy(candidate, options.workspace()),
                        request.name());
        return comparison.record(candidate.name(), sides.get(0).baseline().name(), decision);
    }

    /**
     * Puts a finished checkpoint into the model registry, by default that of the last accepted stage. The same again changes nothing.
     *
     * @throws StageException with one sentence when no gate accepted it and there is no reason, or MLflow cannot do it
     */
    public PromotionRecord promote(PromoteRequest request, StageHost host) throws StageException {
        PromotionRecord promoted = new Promotion(request, runs, options, record())
                .run(stages.last().map(AcceptedStage::name).orElse(null), host);
        ledger.update(cascade -> cascade.withPromotion(promoted)).ifPresent(host::line);
        tracking.promoted(promoted);
        return promoted;
    }

    /** The record so far. */
    public CascadeRecord record() {
        return ledger.cascade();
    }

    /** Page of MLflow that compares the runs of the experiment in a chart; empty while no server knows them. */
    public Optional<String> comparisonUrl() {
        return tracking.comparisonUrl();
    }

    /**
     * Ends the record of the build and its parent run.
     *
     * @param result {@code SUCCESS}, {@code UNSTABLE}, {@code FAILURE} or {@code ABORTED}
     * @return what a person should know when the record could not be written
     */
    public Optional<String> finish(String result) {
        tracking.finish(result, Champion.qualifies(record().withResult(result, now())));
        String mlflow = tracking.parentUrl().orElse(null);
        Optional<String> problem =
                ledger.update(cascade -> cascade.withResult(result, now()).withMlflowUrl(mlflow));
        tracking.files(options.buildDirectory());
        return problem;
    }

    private AcceptedStage candidate(GateRequest request) throws StageException {
        if (request.candidate() != null) {
            return stages.named(request.candidate(), "candidate of the gate '" + request.name() + "'");
        }
        return stages.last()
                .orElseThrow(() -> new StageException(
                        "The gate '" + request.name() + "' has no candidate: no stage was accepted yet"));
    }

    private List<ComparedBaseline> baselines(GateRequest request, AcceptedStage candidate, BaselineFiles files)
            throws IOException, InterruptedException, StageException {
        String gate = "gate '" + request.name() + "'";
        if (request.baselines() != null) {
            String parent = candidate.record().parent();
            String folder = "gate-" + request.name().replaceAll("[^A-Za-z0-9_-]", "_") + "-"
                    + Integer.toHexString(request.name().hashCode());
            AcceptedStage before = parent == null ? null : stages.named(parent, "parent of the " + gate);
            return baselines.find(
                    request.baselines(), request.name(), folder, stages.asBaselinesOf(before, gate), files);
        }
        AcceptedStage stage = request.baseline() != null
                ? stages.named(request.baseline(), "baseline of the " + gate)
                : stages.anchor();
        if (stage == null) {
            throw new StageException("The " + gate + " has no anchor: no first stage was accepted yet");
        }
        return List.of(ComparedBaseline.of(stage));
    }

    private List<ComparedBaseline> localBaselines(
            StageRequest request, AcceptedStage parent, StageHost host, StageAccount account)
            throws StageException, InterruptedException {
        try {
            return baselines(request, parent, request.name(), new LocalBaselineFiles(host.workingDirectory()));
        } catch (StageException e) {
            account.refuse(e.getMessage());
            throw e;
        } catch (IOException e) {
            throw new StageException("The baselines of '" + request.name() + "' cannot be read: " + e.getMessage(), e);
        }
    }

    private List<ComparedBaseline> baselines(
            StageRequest request, AcceptedStage parent, String attempt, BaselineFiles files)
            throws IOException, InterruptedException, StageException {
        String stage = "stage '" + request.name() + "'";
        return baselines.find(
                request.baselinesWith(parent != null),
                request.name(),
                attempt,
                stages.asBaselinesOf(parent, stage),
                files);
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
