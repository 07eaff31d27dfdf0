package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.BenchmarkScores;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.StageEvent;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.report.StageRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What a session on a controller keeps of one stage: its account, its line in the session's book, and where the copy of its files is. */
final class RemoteAccount {
    private static final int PREFIX = 12;

    private final Path folder;
    private final SessionBook book;
    private final StageTracking tracking;
    private final StageAccount account;
    private final Progress progress;
    private final StageOrder order;
    private final AcceptedStage parent;
    private final BaselineFinder baselines;
    private final Consumer<StageAccount.Closed> end;
    private final StageRecord known;
    private StageEntry entry;
    private Preparation prepared;
    private List<GateSide> sides;
    private StageAccount.Place place;
    private FinishedTraining done;
    private GateLooks looks;

    /**
     * An account.
     *
     * @param folder the build's folder
     * @param order what the stage's process is asked to do
     * @param parent the stage that it builds on, or null
     * @param baselines finds what it is compared with
     * @param entry the stage's line in the book
     * @param known the stage's record, where an earlier process closed it in the same attempt; otherwise null
     * @param end takes how the stage ended, once
     */
    RemoteAccount(
            Path folder,
            SessionBook book,
            StageTracking tracking,
            StageAccount account,
            Progress progress,
            StageOrder order,
            AcceptedStage parent,
            BaselineFinder baselines,
            StageEntry entry,
            StageRecord known,
            Consumer<StageAccount.Closed> end) {
        this.folder = folder;
        this.book = book;
        this.tracking = tracking;
        this.account = account;
        this.progress = progress;
        this.order = order;
        this.parent = parent;
        this.baselines = baselines;
        this.entry = entry;
        this.known = known;
        this.end = end;
    }

    /** The record, where an earlier process closed the stage. */
    Optional<StageRecord> closed() {
        return Optional.ofNullable(known);
    }

    /** Puts the stage into the build's record before anything is known of it but its request. */
    void expect() {
        account.expect();
    }

    Progress progress() {
        return progress;
    }

    /** The order of the stage itself. */
    RemoteOrder order() {
        return new RemoteOrder(order, entry.attempt(), new Reports(true) {
            @Override
            public RemoteCopy begin(PreparedStage answer, BaselineFiles files)
                    throws IOException, InterruptedException, StageException {
                return RemoteAccount.this.begin(answer, files);
            }
        });
    }

    /** The order of an evaluation for a further look. Its files go into a folder of the stage's own. */
    RemoteOrder order(ExtraSamples extra) {
        StageOrder evaluation = new StageOrder(
                StageOrder.SCHEMA,
                extra.request(),
                extra.model(),
                order.workingDirectory(),
                order.leaseSeconds(),
                false,
                null);
        String attempt = entry.attempt() + "-" + extra.label();
        return new RemoteOrder(evaluation, attempt, new Reports(false) {
            @Override
            public RemoteCopy begin(PreparedStage answer, BaselineFiles files) throws StageException {
                Path copy = folder.resolve(place.files()).resolve(extra.label());
                return RemoteCopy.open(copy, answer.directory(), attempt, answer.spec());
            }
        });
    }

    /** Hands on what a trainer reports; only the stage itself has a run in MLflow. */
    private abstract class Reports implements RemoteOrder.Listener {
        private final boolean tracked;

        Reports(boolean tracked) {
            this.tracked = tracked;
        }

        @Override
        public void event(StageEvent event, boolean history) {
            if (tracked) {
                account.event(event);
            }
            progress.event(event, history);
        }

        @Override
        public void line(String text) {
            account.say(text);
        }
    }

    /** Takes the agent's answer to the stage's order; the stage runs. */
    private RemoteCopy begin(PreparedStage answer, BaselineFiles files)
            throws IOException, InterruptedException, StageException {
        boolean goesOn = entry.store() != null;
        StageRequest request = order.request();
        prepared = Preparation.of(answer.spec(), request, parent == null ? null : parent.asParent());
        sides = sides(answer.spec(), files);
        String mirror = mirror(answer.key());
        place = new StageAccount.Place(answer.store(), answer.directory(), mirror);
        boolean sameRun = answer.key().equals(entry.key()) && entry.run() != null;
        entry = entry.prepared(answer.key(), sameRun ? entry.run() : SessionBook.newRun(), answer);
        book.put(entry);
        RemoteCopy copy = RemoteCopy.open(folder.resolve(mirror), answer.directory(), entry.attempt(), answer.spec());
        String why = UntrustedFile.printable(answer.why());
        if (!goesOn) {
            account.announce(answer.spec(), answer.key(), prepared.plan());
            account.announce(sides, answer.spec());
            account.say(why);
        }
        tracking.start(answer.spec(), answer.key(), answer.trained(), parentName(), entry.run());
        account.begin(answer.spec(), answer.key(), answer.trained(), why, place, entry.run());
        return copy;
    }

    private List<GateSide> sides(StageSpec spec, BaselineFiles files)
            throws IOException, InterruptedException, StageException {
        return prepared.plan().sides(order.request(), parentName(), baselines.find(files), spec.benchmarks());
    }

    /** Finds what a stage is compared with. */
    @FunctionalInterface
    interface BaselineFinder {
        /**
         * The baselines.
         *
         * @param files brings those that are files
         */
        List<ComparedBaseline> find(BaselineFiles files) throws IOException, InterruptedException, StageException;
    }

    private String parentName() {
        return parent == null ? null : parent.name();
    }

    private String mirror(String key) {
        String hash = key.substring(key.indexOf(':') + 1);
        return "stages/" + hash.substring(0, PREFIX) + "-" + entry.name();
    }

    /**
     * Goes on with a stage that an earlier process saw trained to its end, from the copy of its files.
     *
     * @param left its record
     * @return false where there is no such stage
     * @throws StageException when the copy is damaged
     */
    boolean reopen(StageRecord left) throws StageException {
        if (!entry.trained()) {
            return false;
        }
        String mirror = mirror(entry.key());
        StageDirectory copy = new StageDirectory(folder.resolve(mirror));
        StageSpec spec = copy.spec().orElseThrow(() -> Reopening.damaged(copy.path() + " lacks its specification"));
        prepared = Preparation.of(spec, order.request(), parent == null ? null : parent.asParent());
        sides = keptSides(spec);
        place = new StageAccount.Place(entry.store(), entry.directory(), mirror);
        tracking.start(spec, entry.key(), left.reused(), parentName(), entry.run());
        account.goOn(left, entry.run());
        judgeable(FinishedTraining.readCopy(copy, spec));
        return true;
    }

    /** What the stage is compared with, found by an earlier process before it was trained. */
    private List<GateSide> keptSides(StageSpec spec) throws StageException {
        try {
            return sides(spec, (path, most, target) -> {
                if (!Files.exists(target)) {
                    throw Reopening.damaged("the copy of the baseline '" + path + "' is missing");
                }
            });
        } catch (IOException e) {
            throw Reopening.damaged(UntrustedFile.printable(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StageException("The comparison was interrupted", e);
        }
    }

    /** The stage trained to its end. */
    void trained(FinishedTraining finished) throws StageException {
        entry = entry.trainedToItsEnd();
        book.put(entry);
        judgeable(finished);
    }

    private void judgeable(FinishedTraining finished) {
        done = finished;
        looks = account.looks(prepared, sides, place, done).orElse(null);
    }

    /** The scores of an evaluation for a further look, where an earlier process had copied all of them. */
    Optional<Map<String, BenchmarkScores>> copied(ExtraSamples extra) {
        StageDirectory copy = new StageDirectory(folder.resolve(place.files()).resolve(extra.label()));
        Optional<StageSpec> spec = copy.spec();
        try {
            return spec.isPresent() && copy.finished()
                    ? Optional.of(FinishedTraining.readCopy(copy, spec.get()).scores())
                    : Optional.empty();
        } catch (StageException notWhole) {
            return Optional.empty();
        }
    }

    GateLooks looks() {
        return looks;
    }

    /**
     * Looks, and says what must be evaluated before the next look; nothing when there is none.
     *
     * @param tell whether the log shall say so
     */
    List<ExtraSamples> nextLook(boolean tell) throws StageException {
        List<ExtraSamples> next = looks == null ? List.of() : looks.next();
        if (tell && !next.isEmpty()) {
            account.say(looks.sentence(next));
        }
        return next;
    }

    /** An evaluation for a further look failed. */
    void missing(ExtraSamples extra, Ending ending) {
        looks.missing(extra);
        account.sayMissing(extra, ending);
    }

    /** Judges the stage by the last look and closes its account. */
    StageRecord judge() throws StageException {
        StageAccount.Closed judged = account.judge(prepared, place, done, looks);
        if (judged.accepted().isPresent()) {
            // Before the record says so: whoever reopens the session needs both, and judges again where it finds one.
            book.accept(judged.accepted().get());
        }
        return closed(account.close(judged));
    }

    /** What is to be sent to MLflow of the stage's checkpoint. */
    Optional<UploadOrder> upload(StageRecord ended) {
        return account.upload(ended);
    }

    /** A file of the stage's order, relative to the store of the machine where it runs. */
    String orderFile(String name) {
        return OrderFiles.path(entry.attempt(), name);
    }

    /**
     * Leaves with the stage's files in which build it was judged, and how, for whoever finds it there next.
     *
     * @param judged its record
     * @throws IOException when the site is away
     */
    void remember(StageSite site, StageRecord judged) throws IOException, InterruptedException {
        site.write(place.directory() + "/" + StageState.FILE, CanonicalJson.bytes(account.state(judged)));
    }

    /** Closes the account of a stage that did not come to its end. */
    StageRecord fail(StageRecord.Status status, String message) {
        return closed(account.fail(status, message));
    }

    private StageRecord closed(StageAccount.Closed result) {
        end.accept(result);
        return result.record();
    }
}
