package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.StageEvent;
import io.jenkins.plugins.cascade.report.StageRecord;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** What a session on a controller keeps of one stage: its account, its line in the session's book, and where the copy of its files is. */
final class RemoteAccount {
    private static final int PREFIX = 12;

    private final Path folder;
    private final SessionBook book;
    private final StageTracking tracking;
    private final StageAccount account;
    private final StageRequest request;
    private final AcceptedStage parent;
    private final Consumer<StageAccount.Closed> end;
    private final StageRecord known;
    private StageEntry entry;
    private Preparation prepared;
    private StageAccount.Place place;

    /**
     * An account.
     *
     * @param folder the build's folder
     * @param entry the stage's line in the book
     * @param known the stage's record, where an earlier process closed it in the same attempt; otherwise null
     * @param end takes how the stage ended, once
     */
    RemoteAccount(
            Path folder,
            SessionBook book,
            StageTracking tracking,
            StageAccount account,
            StageRequest request,
            AcceptedStage parent,
            StageEntry entry,
            StageRecord known,
            Consumer<StageAccount.Closed> end) {
        this.folder = folder;
        this.book = book;
        this.tracking = tracking;
        this.account = account;
        this.request = request;
        this.parent = parent;
        this.entry = entry;
        this.known = known;
        this.end = end;
    }

    /** The record, where an earlier process closed the stage. */
    Optional<StageRecord> closed() {
        return Optional.ofNullable(known);
    }

    /** The stage's directory on the agent, for people. */
    String place() {
        return place.store() + "/" + place.directory() + " on the agent";
    }

    /**
     * Takes the agent's answer to the order, checked; the stage runs.
     *
     * @throws StageException when the gates cannot be decided, or the controller's disk cannot be written
     */
    RemoteCopy begin(PreparedStage answer) throws StageException {
        boolean goesOn = entry.store() != null;
        prepared = Preparation.of(answer.spec(), request, parent == null ? null : parent.asParent());
        String mirror = "stages/"
                + answer.key().substring(answer.key().indexOf(':') + 1).substring(0, PREFIX) + "-" + request.name();
        place = new StageAccount.Place(answer.store(), answer.directory(), mirror);
        boolean sameRun = answer.key().equals(entry.key()) && entry.run() != null;
        entry = entry.prepared(answer.key(), sameRun ? entry.run() : SessionBook.newRun(), answer.store());
        book.put(entry);
        RemoteCopy copy = RemoteCopy.open(folder.resolve(mirror), answer.directory(), entry.attempt(), answer.spec());
        String why = UntrustedFile.printable(answer.why());
        if (!goesOn) {
            account.announce(answer.spec(), prepared.plan());
            account.say(why);
        }
        tracking.start(answer.spec(), answer.key(), answer.trained(), entry.run());
        account.begin(answer.spec(), answer.key(), answer.trained(), why, place, entry.run());
        return copy;
    }

    /** Logs an event. */
    void event(StageEvent event) {
        account.event(event);
    }

    /** A line of the log. */
    void say(String text) {
        account.say(text);
    }

    /** Judges the finished stage by the copy of its files. */
    StageRecord judge(StageDirectory copy) throws StageException {
        FinishedTraining done = FinishedTraining.readCopy(copy, prepared.spec());
        StageAccount.Closed judged = account.judge(prepared.spec(), prepared.plan(), place, prepared.files(), done);
        if (judged.accepted().isPresent()) {
            // Before the record says so: whoever reopens the session needs both, and judges again where it finds one.
            book.accept(judged.accepted().get());
        }
        return closed(account.close(judged));
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
