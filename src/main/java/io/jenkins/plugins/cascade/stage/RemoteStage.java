package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.report.StageRecord;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
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
    private final RemoteAccount account;
    private final Deque<ExtraSamples> wanted = new ArrayDeque<>();
    private RemoteOrder order;
    private ExtraSamples extra;
    private StageRecord closed;

    /**
     * A stage.
     *
     * @param account what is kept of it on the controller
     */
    RemoteStage(RemoteAccount account) {
        this.account = account;
        this.order = account.order();
        this.closed = account.closed().orElse(null);
    }

    /**
     * The order for the process, relative to the site's folder: {@code orders/<attempt>/order.json}. The process is started with that folder
     * and this path as its two arguments. Another path after {@link #finish} asked for one more process.
     */
    public String orderPath() {
        return order.path();
    }

    /**
     * Writes the order. To be called before the process is started; calling it again changes nothing.
     *
     * @throws IOException when the site is away
     * @throws StageException when the records cannot be written; the stage failed
     */
    public void send(StageSite site) throws IOException, InterruptedException, StageException {
        if (closed == null) {
            order.send(site);
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
            return order.follow(site);
        } catch (StageException e) {
            throw failed(e);
        }
    }

    /** Asks the process for a checkpoint and an end. */
    public void stop(StageSite site) throws IOException, InterruptedException {
        if (closed == null) {
            order.stop(site);
        }
    }

    /**
     * Mirrors the rest once the process has ended, and judges the stage.
     *
     * @param exitCode the process's exit code; empty where only its end is known
     * @param cancelled whether it was asked to stop from here
     * @return the stage's record, whose status says what follows, as {@link CascadeSession#run} has it; empty when the planned comparison
     *     needs more samples: send the next order and start a process for it
     * @throws IOException when the site is away; the stage still runs for the session, unless it was judged already, which calling this
     *     again then answers
     * @throws StageException when what the site holds cannot be; the stage failed
     */
    public Optional<StageRecord> finish(StageSite site, OptionalInt exitCode, boolean cancelled)
            throws IOException, InterruptedException, StageException {
        if (closed == null) {
            try {
                Ending ending = order.end(site, exitCode, cancelled);
                account.progress().end();
                ended(ending);
                if (closed != null && ending.failure() == null) {
                    account.remember(site, closed);
                }
            } catch (StageException e) {
                throw failed(e);
            }
        }
        return Optional.ofNullable(closed);
    }

    /**
     * Writes the order to send the checkpoint of the accepted stage to MLflow, where it shall go there. To be called when {@link #finish}
     * has answered; calling it again changes nothing. The process for it is started with the site's folder and the path as its two
     * arguments, and with MLflow's variables in its environment; it may be started again and then goes on.
     *
     * @return path of the order; empty when nothing is to be sent
     * @throws IOException when the site is away
     */
    public Optional<String> sendUpload(StageSite site) throws IOException, InterruptedException {
        boolean accepted = closed != null
                && (closed.status() == StageRecord.Status.ACCEPTED || closed.status() == StageRecord.Status.UNSTABLE);
        Optional<UploadOrder> order = accepted ? account.upload(closed) : Optional.empty();
        if (order.isEmpty()) {
            return Optional.empty();
        }
        String path = account.orderFile(OrderFiles.UPLOAD);
        site.write(path, order.get().bytes());
        return Optional.of(path);
    }

    /**
     * Gives the stage up because its machine is gone, or because nobody waits for it any more: its record is closed as STOPPED, what it
     * left there can be resumed, and a stage of the same name may begin in the session.
     *
     * @param why one sentence for people
     */
    public void abandon(String why) {
        if (closed == null) {
            account.progress().end();
            closed = account.fail(StageRecord.Status.STOPPED, UntrustedFile.printable(why));
        }
    }

    private StageException failed(StageException e) {
        account.progress().end();
        closed = account.fail(StageRecord.Status.FAILED, UntrustedFile.printable(e.getMessage()));
        return e;
    }

    private void ended(Ending ending) throws StageException {
        boolean stopped = ending.failure() == StageRecord.Status.STOPPED;
        if (stopped || extra == null && ending.failure() != null) {
            closed = account.fail(ending.failure(), ending.message());
            return;
        }
        if (extra == null) {
            account.trained(order.finished());
        } else if (ending.failure() == null) {
            account.looks().take(extra, order.finished().scores());
        } else {
            account.missing(extra, ending);
        }
        goOn(true);
    }

    /**
     * Goes on where an earlier process was, if that had seen the stage trained to its end: what it had copied is not asked for again.
     *
     * @param left the stage's record
     * @throws StageException when the copy is damaged; the stage failed
     */
    RemoteStage reopened(StageRecord left) throws StageException {
        try {
            if (account.reopen(left)) {
                goOn(false);
                while (extra != null && account.copied(extra).isPresent()) {
                    account.looks().take(extra, account.copied(extra).get());
                    goOn(false);
                }
            }
            return this;
        } catch (StageException e) {
            throw failed(e);
        }
    }

    private void goOn(boolean tell) throws StageException {
        if (wanted.isEmpty()) {
            wanted.addAll(account.nextLook(tell));
        }
        extra = wanted.poll();
        if (extra == null) {
            closed = account.judge();
        } else {
            order = account.order(extra);
        }
    }
}
