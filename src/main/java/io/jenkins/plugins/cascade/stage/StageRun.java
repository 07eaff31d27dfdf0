package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.report.StageRecord;
import java.nio.file.Path;
import java.util.List;

/** One stage on this machine, from its request to its record. */
final class StageRun {
    private final CascadeOptions options;
    private final LocalStages local;
    private final StageTracking tracking;
    private final StageRequest request;
    private final AcceptedStage parent;
    private final StageAccount account;
    private final LocalTraining training;
    private final SpecResolver resolver;
    private final List<ComparedBaseline> baselines;
    private final FetchedStage fetched;

    StageRun(
            CascadeOptions options,
            LocalStages local,
            StageTracking tracking,
            StageAccount account,
            StageHost host,
            StageRequest request,
            AcceptedStage parent,
            List<ComparedBaseline> baselines,
            MlflowRuns runs) {
        this.options = options;
        this.local = local;
        this.tracking = tracking;
        this.request = request;
        this.parent = parent;
        this.baselines = baselines;
        this.account = account;
        this.training =
                new LocalTraining(options, local.launcher(), host, Progress.local(host, request.name()), account::say);
        FetchedModels models = new FetchedModels(runs, options.cascade(), options.workspace());
        this.fetched = new FetchedStage(runs, models);
        this.resolver = new SpecResolver(
                options.workspace(),
                host.workingDirectory(),
                local.launcher().verifierVersions(host.environment()),
                options.leaseSeconds(),
                models);
    }

    StageAccount.Closed run() throws StageException, InterruptedException {
        Preparation prepared = prepare();
        StageSpec spec = prepared.spec();
        List<GateSide> sides = sides(prepared);
        StageSource stored = StageSource.choose(local.store(), request, spec, prepared.key(), options.resume());
        StageSource source = request.reuse() ? fetched.or(stored, spec, prepared.key(), account::say) : stored;
        account.say(source.why());
        String directory = relative(source.directory().path());
        StageAccount.Place place = new StageAccount.Place(options.workspace().toString(), directory, directory);
        String run = tracking.start(spec, prepared.key(), source.trained(), name(parent));
        account.begin(spec, prepared.key(), source.trained(), source.why(), place, run);
        StageAccount.Closed closed = finish(prepared, sides, source, place);
        remember(source.directory(), prepared.key(), closed.record());
        if (closed.accepted().isPresent() && request.checkpoints().sends()) {
            account.send(closed.record(), options.workspace());
        }
        return closed;
    }

    /** What is wrong with files or arguments is the stage's failure in the record too, so that a report or a check can say it. */
    private Preparation prepare() throws StageException {
        try {
            Preparation prepared = Preparation.of(resolver, request, parent == null ? null : parent.asParent());
            account.announce(prepared.spec(), prepared.key(), prepared.plan());
            return prepared;
        } catch (StageException e) {
            account.refuse(e.getMessage());
            throw e;
        }
    }

    private List<GateSide> sides(Preparation prepared) throws StageException {
        try {
            String name = parent == null ? null : parent.name();
            StageSpec spec = prepared.spec();
            List<GateSide> sides = prepared.plan().sides(request, name, baselines, spec.benchmarks());
            account.announce(sides, spec);
            return sides;
        } catch (StageException e) {
            account.refuse(e.getMessage());
            throw e;
        }
    }

    private StageAccount.Closed finish(
            Preparation prepared, List<GateSide> sides, StageSource source, StageAccount.Place place)
            throws InterruptedException {
        try {
            Ending ending = training.train(prepared.spec(), source, account::event);
            if (ending.failure() != null) {
                return account.fail(ending.failure(), ending.message());
            }
            return judge(prepared, sides, place, finished(source, prepared.spec()));
        } catch (StageException e) {
            return account.fail(StageRecord.Status.FAILED, e.getMessage());
        }
    }

    private FinishedTraining finished(StageSource source, StageSpec spec) throws StageException {
        return source.trained()
                ? source.finished().get()
                : FinishedTraining.read(source.directory(), spec, local.store().digests()::ofFolder);
    }

    private StageAccount.Closed judge(
            Preparation prepared, List<GateSide> sides, StageAccount.Place place, FinishedTraining done)
            throws StageException, InterruptedException {
        GateLooks looks = account.looks(prepared, sides, place, done).orElse(null);
        List<ExtraSamples> next = looks == null ? List.of() : looks.next();
        while (!next.isEmpty()) {
            account.say(looks.sentence(next));
            for (ExtraSamples extra : next) {
                Ending ending = evaluate(extra, looks);
                if (ending.failure() == StageRecord.Status.STOPPED) {
                    return account.fail(ending.failure(), ending.message());
                }
            }
            next = looks.next();
        }
        return account.close(account.judge(prepared, place, done, looks));
    }

    private Ending evaluate(ExtraSamples extra, GateLooks looks) throws InterruptedException {
        Ending ending;
        try {
            Preparation prepared = Preparation.of(resolver, extra.request(), extra.model());
            StageSource source =
                    StageSource.choose(local.store(), extra.request(), prepared.spec(), prepared.key(), false);
            ending = training.train(prepared.spec(), source, event -> {});
            if (ending.failure() == null) {
                looks.take(extra, finished(source, prepared.spec()).scores());
                return ending;
            }
        } catch (StageException e) {
            ending = new Ending(StageRecord.Status.FAILED, e.getMessage());
        }
        looks.missing(extra);
        account.sayMissing(extra, ending);
        return ending;
    }

    private void remember(StageDirectory directory, String key, StageRecord ended) throws StageException {
        directory.remember(new StageState(
                StageState.SCHEMA,
                key,
                request.name(),
                ended.status(),
                null,
                options.build(),
                System.currentTimeMillis()));
    }

    private static String name(AcceptedStage stage) {
        return stage == null ? null : stage.name();
    }

    private String relative(Path path) {
        return options.workspace().relativize(path).toString().replace('\\', '/');
    }
}
