package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageEvent;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.report.StageRecord;
import java.nio.file.Path;

/** One stage on this machine, from its request to its record. */
final class StageRun {
    private final CascadeOptions options;
    private final LocalStages local;
    private final StageTracking tracking;
    private final StageHost host;
    private final StageRequest request;
    private final AcceptedStage parent;
    private final StageAccount account;
    private final Progress progress;

    StageRun(
            CascadeOptions options,
            LocalStages local,
            StageTracking tracking,
            CascadeLedger ledger,
            StageHost host,
            StageRequest request,
            AcceptedStage parent) {
        this.options = options;
        this.local = local;
        this.tracking = tracking;
        this.host = host;
        this.request = request;
        this.parent = parent;
        this.account = new StageAccount(options, tracking, ledger, host, request, parent);
        this.progress = Progress.local(host, request.name());
    }

    StageAccount.Closed run() throws StageException, InterruptedException {
        ParentStage before = parent == null ? null : parent.asParent();
        SpecResolver resolver = new SpecResolver(
                options.workspace(),
                host.workingDirectory(),
                local.launcher().verifierVersions(),
                options.leaseSeconds());
        Preparation prepared = Preparation.of(resolver, request, before);
        StageSpec spec = prepared.spec();
        account.announce(spec, prepared.plan());
        StageSource source = StageSource.choose(local.store(), request, spec, prepared.key(), options.resume());
        account.say(source.why());
        String directory = relative(source.directory().path());
        StageAccount.Place place = new StageAccount.Place(options.workspace().toString(), directory, directory);
        String run = tracking.start(spec, prepared.key(), source.trained());
        account.begin(spec, prepared.key(), source.trained(), source.why(), place, run);
        StageAccount.Closed closed = finish(prepared, source, place);
        remember(source.directory(), prepared.key(), closed.record());
        return closed;
    }

    private StageAccount.Closed finish(Preparation prepared, StageSource source, StageAccount.Place place)
            throws InterruptedException {
        try {
            Ending ending = source.trained() ? Ending.DONE : train(prepared.spec(), source);
            if (ending.failure() != null) {
                return account.fail(ending.failure(), ending.message());
            }
            FinishedTraining done = source.trained()
                    ? source.finished().get()
                    : FinishedTraining.read(source.directory(), prepared.spec());
            return account.close(account.judge(prepared.spec(), prepared.plan(), place, prepared.files(), done));
        } catch (StageException e) {
            return account.fail(StageRecord.Status.FAILED, e.getMessage());
        }
    }

    private void remember(StageDirectory directory, String key, StageRecord ended) throws StageException {
        directory.remember(new StageState(
                StageState.SCHEMA, key, request.name(), ended.status(), options.build(), System.currentTimeMillis()));
    }

    private Ending train(StageSpec spec, StageSource source) throws StageException, InterruptedException {
        if (host.cancelSignal().requested()) {
            return Ending.BEFORE_THE_START;
        }
        StageDirectory directory = source.directory();
        Path events = directory.path().resolve(StageFiles.EVENTS);
        if (source.running()) {
            StageFollower.End end = follow(directory, EventTail.of(events), new AdoptedTrainer(directory));
            if (end.cancelled() || !Ending.stoppedItself(directory)) {
                return ending(directory, end);
            }
            // It was on its way out when it was found: somebody had asked it to stop, or its lease had run out.
            account.say("it stopped with a checkpoint; starting it again from there");
        }
        EventTail tail = EventTail.ofNextAttempt(events);
        TrainerProcess process = new Trainers(local.launcher(), host.environment()).start(directory, spec);
        StageFollower.End end = follow(directory, tail, process);
        if (end.code().orElse(-1) == ExitCode.BUSY.code() && directory.locked()) {
            // Another follower's trainer took the lock between our look and our start: there is one, so follow that
            // one.
            account.say("another trainer of this stage is running; following it");
            end = follow(directory, EventTail.of(events), new AdoptedTrainer(directory));
        }
        return ending(directory, end);
    }

    private StageFollower.End follow(StageDirectory directory, EventTail tail, TrainerProcess process)
            throws StageException, InterruptedException {
        StageFollower.Listener listener = new StageFollower.Listener() {
            @Override
            public void event(StageEvent event, boolean history) {
                account.event(event);
                progress.event(event, history);
            }

            @Override
            public void line(String text) {
                progress.end();
                account.say(text);
            }
        };
        try {
            return new StageFollower(directory, tail, process, host.cancelSignal(), options.grace(), listener).follow();
        } finally {
            progress.end();
        }
    }

    private Ending ending(StageDirectory directory, StageFollower.End end) {
        return Ending.of(directory, end.code(), end.cancelled(), relative(directory.path()));
    }

    private String relative(Path path) {
        return options.workspace().relativize(path).toString().replace('\\', '/');
    }
}
