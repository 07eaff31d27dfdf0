package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.StageEvent;
import io.jenkins.plugins.cascade.report.StageRecord;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One stage that runs on another machine, seen from the controller: writes the order, mirrors what the process there reports, and judges
 * it from files of its own. It knows neither how the process is started nor how the machine is reached. Whoever drives it does so by one
 * thread at a time, in this order: {@link #send}, start a process for {@link #orderPath}, {@link #follow} until the process has ended,
 * {@link #finish}; and once more from the beginning when that answered nothing.
 *
 * <p>An {@link IOException} says that the machine is away: the same call may be made again later. A {@link StageException} says that the
 * stage failed: its record is closed as FAILED with the sentence of the exception, and what is left to do is to end the process.
 */
public final class RemoteStage {
    private final StageOrder order;
    private final String attempt;
    private final RemoteAccount account;
    private final Progress progress;
    private RemoteCopy copy;
    private StageRecord closed;

    /**
     * A stage.
     *
     * @param account what is kept of it on the controller
     */
    RemoteStage(StageOrder order, String attempt, RemoteAccount account, StageHost host) {
        this.order = order;
        this.attempt = attempt;
        this.account = account;
        this.progress = Progress.remote(host, order.request().name());
        this.closed = account.closed().orElse(null);
    }

    /**
     * The order for the process, relative to the site's folder: {@code orders/<attempt>/order.json}. The process is started with that folder
     * and this path as its two arguments. Another path after {@link #finish} asked for one more process.
     */
    public String orderPath() {
        return OrderFiles.path(attempt, OrderFiles.ORDER);
    }

    /**
     * Writes the order. To be called before the process is started; calling it again changes nothing.
     *
     * @throws IOException when the site is away
     * @throws StageException when the records cannot be written; the stage failed
     */
    public void send(StageSite site) throws IOException, InterruptedException, StageException {
        if (closed == null) {
            site.write(orderPath(), order.bytes());
        }
    }

    /**
     * One round trip: renews the lease, mirrors what is new, at most 256 KiB of it, and hands it to the log and to MLflow.
     *
     * @return true when something new came, so that the next round is worth while soon
     * @throws IOException when the site is away
     * @throws StageException when what the site holds cannot be; the stage failed
     */
    public boolean follow(StageSite site) throws IOException, InterruptedException, StageException {
        if (closed != null) {
            return false;
        }
        try {
            return copy == null ? prepared(site) : round(site);
        } catch (StageException e) {
            throw failed(e);
        }
    }

    /** Asks the process for a checkpoint and an end. */
    public void stop(StageSite site) throws IOException, InterruptedException {
        if (closed == null) {
            site.write(OrderFiles.path(attempt, OrderFiles.STOP), new byte[0]);
        }
    }

    /**
     * Mirrors the rest once the process has ended, and judges the stage.
     *
     * @param exitCode the process's exit code; empty where only its end is known
     * @param cancelled whether it was asked to stop from here
     * @return the stage's record, whose status says what follows, as {@link CascadeSession#run} has it; empty when the planned comparison
     *     needs more samples: send the next order and start a process for it
     * @throws IOException when the site is away; the stage still runs for the session
     * @throws StageException when what the site holds cannot be; the stage failed
     */
    public Optional<StageRecord> finish(StageSite site, OptionalInt exitCode, boolean cancelled)
            throws IOException, InterruptedException, StageException {
        if (closed == null) {
            try {
                closed = ended(site, exitCode, cancelled);
            } catch (StageException e) {
                throw failed(e);
            }
        }
        return Optional.of(closed);
    }

    /**
     * Gives the stage up because its machine is gone, or because nobody waits for it any more: its record is closed as STOPPED, what it
     * left there can be resumed, and a stage of the same name may begin in the session.
     *
     * @param why one sentence for people
     */
    public void abandon(String why) {
        if (closed == null) {
            progress.end();
            closed = account.fail(StageRecord.Status.STOPPED, UntrustedFile.printable(why));
        }
    }

    private StageException failed(StageException e) {
        progress.end();
        closed = account.fail(StageRecord.Status.FAILED, UntrustedFile.printable(e.getMessage()));
        return e;
    }

    private boolean prepared(StageSite site) throws IOException, InterruptedException, StageException {
        String path = OrderFiles.path(attempt, OrderFiles.PREPARED);
        StageSite.Want look = new StageSite.Want(path, null, 0, 0);
        List<StageSite.Piece> pieces = site.fetch(List.of(look), OrderFiles.path(attempt, OrderFiles.LEASE));
        if (pieces.size() != 1 || pieces.get(0).identity() == null) {
            return false;
        }
        Optional<byte[]> answer = new RemoteFiles(site).read(path, PreparedStage.MOST);
        if (answer.isEmpty()) {
            return false;
        }
        PreparedStage prepared = UntrustedFile.parse(answer.get(), path, PreparedStage.class);
        copy = account.begin(new PreparedCheck(order).check(prepared));
        return true;
    }

    private boolean round(StageSite site) throws IOException, InterruptedException, StageException {
        boolean came = copy.round(site, OrderFiles.path(attempt, OrderFiles.LEASE));
        while (handOn()) {
            // A piece may hold the end of a line that began in an earlier one, and so more than one piece of events.
        }
        return came;
    }

    private boolean handOn() throws StageException {
        List<StageEvent> events = copy.events().next();
        boolean history = copy.events().historic();
        for (StageEvent event : events) {
            account.event(event);
            progress.event(event, history);
        }
        if (!events.isEmpty()) {
            copy.events().handedOn();
        }
        return !events.isEmpty();
    }

    private StageRecord ended(StageSite site, OptionalInt exitCode, boolean cancelled)
            throws IOException, InterruptedException, StageException {
        if (copy == null) {
            prepared(site);
        }
        Optional<FailedOrder> refusal = refusal(site);
        if (copy == null) {
            return neverBegan(refusal, exitCode, cancelled);
        }
        while (round(site)) {
            // What was written last is mirrored to its end.
        }
        progress.end();
        copy.events().refused().ifPresent(account::say);
        if (refusal.isPresent() && !cancelled) {
            return account.fail(StageRecord.Status.FAILED, message(refusal.get()));
        }
        copy.fetchResult(site);
        Ending ending = Ending.of(copy.directory(), exitCode, cancelled, account.place());
        if (ending.failure() != null) {
            return account.fail(ending.failure(), ending.message());
        }
        copy.fetchScores(site).ifPresent(account::say);
        return account.judge(copy.directory());
    }

    private Optional<FailedOrder> refusal(StageSite site) throws IOException, InterruptedException, StageException {
        String path = OrderFiles.path(attempt, OrderFiles.FAILED);
        Optional<byte[]> content = new RemoteFiles(site).read(path, FailedOrder.MOST);
        return content.isEmpty()
                ? Optional.empty()
                : Optional.of(UntrustedFile.parse(content.get(), path, FailedOrder.class));
    }

    private StageRecord neverBegan(Optional<FailedOrder> refusal, OptionalInt exitCode, boolean cancelled) {
        if (cancelled) {
            return account.fail(StageRecord.Status.STOPPED, Ending.BEFORE_THE_START.message());
        }
        String why = refusal.map(RemoteStage::message)
                .orElseGet(() -> "The trainer's process ended before it had looked at the stage"
                        + (exitCode.isPresent() ? ": " + ExitSentence.of(exitCode.getAsInt()) : ""));
        return account.fail(StageRecord.Status.FAILED, why);
    }

    private static String message(FailedOrder refusal) {
        return UntrustedFile.printable(refusal.message());
    }
}
