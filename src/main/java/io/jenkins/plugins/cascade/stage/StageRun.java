package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.gate.GateEvaluator;
import io.jenkins.plugins.cascade.recipe.ContentKey;
import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageEvent;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.recipe.StageStatus;
import io.jenkins.plugins.cascade.report.StageRecord;
import io.jenkins.plugins.cascade.report.StageRecordBuilder;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** One stage of one build, from its request to its record. */
final class StageRun {
    private final CascadeOptions options;
    private final TrainerLauncher launcher;
    private final StageStore store;
    private final StageTracking tracking;
    private final CascadeLedger ledger;
    private final StageHost host;
    private final StageRequest request;
    private final AcceptedStage parent;
    private final Progress progress;

    /**
     * How a stage ended.
     *
     * @param record its record
     * @param accepted what later stages may build on; empty when it was not accepted
     */
    record Result(StageRecord record, Optional<AcceptedStage> accepted) {}

    StageRun(
            CascadeOptions options,
            TrainerLauncher launcher,
            StageStore store,
            StageTracking tracking,
            CascadeLedger ledger,
            StageHost host,
            StageRequest request,
            AcceptedStage parent) {
        this.options = options;
        this.launcher = launcher;
        this.store = store;
        this.tracking = tracking;
        this.ledger = ledger;
        this.host = host;
        this.request = request;
        this.parent = parent;
        this.progress = new Progress(host, request.name());
    }

    Result run() throws StageException, InterruptedException {
        StageSpec spec = new SpecResolver(host.workingDirectory(), launcher.verifierVersions(), options.leaseSeconds())
                .resolve(request, parent);
        GatePlan plan = GatePlan.of(request, parent, spec.benchmarks());
        String key = ContentKey.of(spec);
        say("stage " + request.kind().name().toLowerCase(Locale.ROOT)
                + (parent == null ? "" : ", from " + parent.name()) + ", seed " + spec.seed());
        SettingsSummary.lines(spec).forEach(line -> host.line("  " + line));
        plan.unguarded()
                .forEach(name ->
                        say("warning: the benchmark '" + name + "' is not evaluated here, so nothing guards it"));
        StageSource source = StageSource.choose(store, request, spec, key, options.resume());
        say(source.why());
        String run = tracking.start(spec, key, source.trained());
        StageRecordBuilder record = record(spec, key, source, run);
        publish(record.build());
        return finish(spec, key, plan, source, run, record);
    }

    private Result finish(
            StageSpec spec, String key, GatePlan plan, StageSource source, String run, StageRecordBuilder record)
            throws StageException, InterruptedException {
        Outcome outcome;
        try {
            outcome = source.trained() ? Outcome.DONE : train(spec, source, run);
            if (outcome.failure() == null) {
                FinishedTraining done =
                        source.trained() ? source.finished().get() : FinishedTraining.read(source.directory(), spec);
                return judge(spec, key, plan, source.directory(), done, run, record);
            }
        } catch (StageException e) {
            outcome = new Outcome(StageRecord.Status.FAILED, e.getMessage());
        }
        record.status(outcome.failure()).message(outcome.message());
        return close(source.directory(), key, run, record, Optional.empty());
    }

    /**
     * How the training ended.
     *
     * @param failure FAILED or STOPPED; null when it is done
     * @param message why
     */
    private record Outcome(StageRecord.Status failure, String message) {
        static final Outcome DONE = new Outcome(null, "");
    }

    private Outcome train(StageSpec spec, StageSource source, String run) throws StageException, InterruptedException {
        if (host.cancelSignal().requested()) {
            return new Outcome(StageRecord.Status.STOPPED, "Stopped before the trainer was started");
        }
        StageDirectory directory = source.directory();
        Path events = directory.path().resolve(StageFiles.EVENTS);
        if (source.running()) {
            StageFollower.End end = follow(directory, EventTail.of(events), new AdoptedTrainer(directory), run);
            if (end.cancelled() || !stoppedItself(directory)) {
                return outcome(directory, end);
            }
            // It was on its way out when it was found: somebody had asked it to stop, or its lease had run out.
            say("it stopped with a checkpoint; starting it again from there");
        }
        EventTail tail = EventTail.ofNextAttempt(events);
        TrainerProcess process = new Trainers(launcher, host.environment()).start(directory, spec);
        StageFollower.End end = follow(directory, tail, process, run);
        if (end.code().orElse(-1) == ExitCode.BUSY.code() && directory.locked()) {
            // Another follower's trainer took the lock between our look and our start: there is one, so follow that
            // one.
            say("another trainer of this stage is running; following it");
            end = follow(directory, EventTail.of(events), new AdoptedTrainer(directory), run);
        }
        return outcome(directory, end);
    }

    private StageFollower.End follow(StageDirectory directory, EventTail tail, TrainerProcess process, String run)
            throws StageException, InterruptedException {
        StageFollower.Listener listener = new StageFollower.Listener() {
            @Override
            public void event(StageEvent event) {
                tracking.event(run, event);
                progress.event(event);
            }

            @Override
            public void line(String text) {
                progress.end();
                say(text);
            }
        };
        try {
            return new StageFollower(directory, tail, process, host.cancelSignal(), options.grace(), listener).follow();
        } finally {
            progress.end();
        }
    }

    private Outcome outcome(StageDirectory directory, StageFollower.End end) {
        Optional<StageStatus> status = directory.status();
        int code = end.code().orElseGet(() -> inferred(directory));
        String where =
                "; its checkpoints are in " + relative(directory.path()) + ", and the next run goes on from them";
        if (end.cancelled()) {
            return new Outcome(StageRecord.Status.STOPPED, "Stopped on request" + where);
        }
        if (code == ExitCode.STOPPED.code()) {
            return new Outcome(StageRecord.Status.STOPPED, "The trainer stopped by itself" + reason(status) + where);
        }
        if (code == ExitCode.DONE.code()) {
            return Outcome.DONE;
        }
        return new Outcome(
                StageRecord.Status.FAILED,
                failure(code, reason(status)) + "; its output is in "
                        + relative(directory.path().resolve(StageFiles.LOG)));
    }

    /** A trainer that refuses its input says what is wrong with it, and nothing need be added. */
    private static String failure(int code, String reason) {
        return code == ExitCode.BAD_INPUT.code() && !reason.isEmpty()
                ? "The trainer refuses what it was given" + reason
                : "The trainer failed (exit code " + code + "): " + ExitSentence.of(code) + reason;
    }

    /** An adopted trainer's exit code is only known to its parent process, so its files must tell. */
    private static int inferred(StageDirectory directory) {
        if (directory.finished()) {
            return ExitCode.DONE.code();
        }
        return stoppedItself(directory) ? ExitCode.STOPPED.code() : 1;
    }

    private static boolean stoppedItself(StageDirectory directory) {
        return !directory.finished()
                && directory
                        .status()
                        .map(status -> status.state() == StageStatus.State.STOPPED)
                        .orElse(false);
    }

    private static String reason(Optional<StageStatus> status) {
        return status.filter(s -> s.state() == StageStatus.State.FAILED || s.state() == StageStatus.State.STOPPED)
                .map(StageStatus::message)
                .map(UntrustedFile::printable)
                .filter(message -> !message.isBlank())
                .map(message -> ": " + message.replaceFirst("\\.$", ""))
                .orElse("");
    }

    private Result judge(
            StageSpec spec,
            String key,
            GatePlan plan,
            StageDirectory directory,
            FinishedTraining done,
            String run,
            StageRecordBuilder record)
            throws StageException {
        record.scores(done.summaries())
                .checkpoint(relative(done.checkpoint()))
                .checkpointDigest(done.result().checkpointDigest())
                .trainSeconds(done.result().trainSeconds())
                .evaluateSeconds(done.result().evaluateSeconds())
                .trainedTokens(done.result().trainedTokens())
                .sampledTokens(done.result().sampledTokens())
                .status(StageRecord.Status.ACCEPTED);
        plan.policy().ifPresent(policy -> {
            GateDecision decision = new GateEvaluator()
                    .evaluate(
                            parent.scores(),
                            done.scores(),
                            policy,
                            1,
                            Debts.carriedBy(parent, options.workspace()),
                            new GateEvaluator.Stage(
                                    request.name(), relative(parent.directory().path())));
            Judgement judgement = Judgement.of(decision, request.onRegression(), request.onInconclusive(), false);
            GateLines.print(host, request.name(), request.name(), parent.name(), decision);
            record.gate(decision, parent.name())
                    .policy(
                            request.onRegression().word(),
                            request.onInconclusive().word())
                    .status(judgement.status())
                    .message(judgement.message());
        });
        StageRecord judged = record.build();
        boolean goesOn = judged.status() != StageRecord.Status.REJECTED;
        Optional<AcceptedStage> accepted = goesOn
                ? Optional.of(
                        new AcceptedStage(judged, spec, directory, done.checkpoint(), done.scores(), plan.gates()))
                : Optional.empty();
        return close(directory, key, run, record, accepted);
    }

    private Result close(
            StageDirectory directory,
            String key,
            String run,
            StageRecordBuilder record,
            Optional<AcceptedStage> accepted)
            throws StageException {
        record.mlflowRunId(tracking.mlflowRunId(run).orElse(null))
                .mlflowUrl(tracking.url(run).orElse(null));
        StageRecord ended = record.build();
        directory.remember(new StageState(
                StageState.SCHEMA, key, request.name(), ended.status(), options.build(), System.currentTimeMillis()));
        publish(ended);
        tracking.end(run, ended, index(ended));
        say(ended.status().name().toLowerCase(Locale.ROOT) + (ended.message().isEmpty() ? "" : ": " + ended.message()));
        return new Result(ended, accepted);
    }

    private int index(StageRecord record) {
        return ledger.cascade().stages().indexOf(record);
    }

    private StageRecordBuilder record(StageSpec spec, String key, StageSource source, String run) {
        return StageRecord.builder(request.name(), request.kind())
                .domain(request.domain())
                .key(key)
                .parent(parent == null ? null : parent.name())
                .reused(source.trained(), source.why())
                .data(spec.data())
                .settings(spec.settings())
                .seed(spec.seed())
                .mlflowRunId(tracking.mlflowRunId(run).orElse(null))
                .mlflowUrl(tracking.url(run).orElse(null))
                .directory(relative(source.directory().path()));
    }

    private void publish(StageRecord record) {
        ledger.update(cascade -> cascade.withStage(record)).ifPresent(this::say);
    }

    private String relative(Path path) {
        return options.workspace().relativize(path).toString().replace('\\', '/');
    }

    private void say(String text) {
        host.line("[" + request.name() + "] " + text);
    }
}
