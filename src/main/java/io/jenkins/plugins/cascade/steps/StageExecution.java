package io.jenkins.plugins.cascade.steps;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Result;
import hudson.model.TaskListener;
import io.jenkins.plugins.cascade.report.StageRecord;
import io.jenkins.plugins.cascade.stage.FollowerPool;
import io.jenkins.plugins.cascade.stage.FollowerPool.Next;
import io.jenkins.plugins.cascade.stage.RemoteStage;
import io.jenkins.plugins.cascade.stage.StageException;
import io.jenkins.plugins.cascade.stage.StageRequest;
import io.jenkins.plugins.cascade.steps.agent.AgentLink;
import io.jenkins.plugins.cascade.steps.agent.AgentOfflineException;
import io.jenkins.plugins.cascade.steps.agent.TrainerHandle;
import io.jenkins.plugins.cascade.steps.agent.TrainerStart;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.FilePathUtils;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.support.steps.ExecutorStepExecution;

/**
 * Runs a stage on an agent. {@link #start} only notes where; all else happens in rounds on the threads of {@link Followers}, one at a time.
 * What is not transient is small and plain, and is all that the next controller has:
 *
 * <table>
 * <caption>When the controller is killed</caption>
 * <tr><th>moment</th><th>what is saved</th><th>what the next controller does</th></tr>
 * <tr><td>before the launch</td><td>STARTING</td><td>starts from the beginning; the order has the same name and is written again</td></tr>
 * <tr><td>between launch and save</td><td>STARTING</td><td>the same; the second process finds the first one holding the stage's lock and
 *     waits for it, so the stage is not trained twice</td></tr>
 * <tr><td>in training</td><td>RUNNING, the process's handle</td><td>follows on; the mirror and the handle know how far the last one
 *     was</td></tr>
 * <tr><td>after a stop was asked for</td><td>RUNNING, the cause</td><td>asks again, with a new grace, and ends with the same cause</td></tr>
 * <tr><td>between exit and result</td><td>RUNNING, or FINISHING with the exit code</td><td>sees the exit again and judges; the record of
 *     the build holds one stage of each name</td></tr>
 * <tr><td>after the result</td><td>nothing, the step is over</td><td>does not know the step any more</td></tr>
 * </table>
 *
 * <p>A controller that goes down in good order stops all rounds first, so that nothing is decided that the next one does not know.
 */
final class StageExecution extends StepExecution implements FollowerPool.Follower {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(StageExecution.class.getName());

    /** As often is a process that has gone without a trace started again from its checkpoint. */
    private static final int MOST_RESTARTS = 2;

    /** So many errors in a row are no bad connection, when the agent answers otherwise. */
    private static final int MOST_FAILURES = 5;

    /** So many rounds may go by without the step's context. */
    private static final int MOST_UNHEARD = 15;

    private final StageRequest request;
    private final MlflowArgument mlflow;
    private final String attempt = UUID.randomUUID().toString();
    private volatile StagePhase phase = StagePhase.STARTING;
    private String node;
    private String folder;
    private String store;
    private volatile TrainerHandle trainer;
    private volatile Integer exitCode;
    private int restarts;
    private FlowInterruptedException interruption;
    private CheckpointSending sending;

    private transient AgentLink link;
    private transient Stopping stopping;
    private transient Throwable stopCause;
    private transient AgentAbsence absence;
    private transient FollowedStage stage;
    private transient FollowerPool.Following following;
    private transient AtomicInteger failures;
    private transient AtomicInteger unheard;
    private transient AtomicBoolean settled;

    StageExecution(StepContext context, StageRequest request, MlflowArgument mlflow) {
        super(context);
        this.request = request;
        this.mlflow = mlflow;
    }

    @Override
    public boolean start() throws Exception {
        FilePath here = getContext().get(FilePath.class);
        if (here == null) {
            throw new AbortException(
                    "A stage needs an agent: put it inside node { } or give the pipeline's stage an agent");
        }
        node = FilePathUtils.getNodeName(here);
        folder = here.getRemote();
        store = StoreFolder.of(
                CascadeConfiguration.get().getStageStore(),
                Default.of(getContext().get(EnvVars.class).get("WORKSPACE"), folder));
        begin();
        return false;
    }

    @Override
    public void onResume() {
        begin();
        if (interruption != null) {
            stop(interruption);
        }
    }

    @Override
    public synchronized void stop(Throwable cause) {
        if (stopCause == null) {
            stopCause = cause;
            if (cause instanceof FlowInterruptedException flow) {
                interruption = flow;
                getContext().saveState();
            }
        }
        stopping.request(
                Grace.of(cause, Duration.ofSeconds(CascadeConfiguration.get().getGraceSeconds())));
        following.wake();
    }

    @Override
    public String getStatus() {
        String where = node == null || node.isEmpty() ? "the built-in node" : node;
        return switch (phase) {
            case STARTING -> "starting the trainer on " + where;
            case RUNNING -> (stopCause == null ? "training on " : "stopping the trainer on ") + where;
            case FINISHING -> "judging what was trained on " + where;
            case SENDING -> "sending the checkpoint from " + where;
        };
    }

    private synchronized void begin() {
        link = new AgentLink(getContext(), node);
        stage = new FollowedStage(link, request, mlflow, attempt, folder);
        stopping = new Stopping();
        absence = new AgentAbsence(AgentPatience.get());
        failures = new AtomicInteger();
        unheard = new AtomicInteger();
        settled = new AtomicBoolean();
        follow();
    }

    /** Goes on in the pool of its phase. */
    private synchronized void follow() {
        Followers followers = Followers.get();
        boolean watching = phase == StagePhase.RUNNING || phase == StagePhase.SENDING;
        following = (watching ? followers.running() : followers.starting()).follow(this);
    }

    @Override
    public Next round() {
        if (settled.get() || Followers.get().over()) {
            return Next.NEVER;
        }
        TaskListener listener;
        try {
            listener = link.required(TaskListener.class);
            unheard.set(0);
        } catch (IOException e) {
            return unheard(e);
        }
        Next next = look(listener);
        if (next == Next.NEVER && !settled.get() && !Followers.get().over()) {
            follow();
        }
        return next;
    }

    @Override
    public void broken(RuntimeException mistake) {
        LOGGER.log(Level.WARNING, mistake, () -> "A mistake in the stage '" + request.name() + "'");
        fail(mistake, mistake.toString());
    }

    private Next look(TaskListener listener) {
        try {
            Next next =
                    switch (phase) {
                        case STARTING -> launch(listener);
                        case RUNNING -> watch(listener);
                        case FINISHING -> finish(listener);
                        case SENDING -> send(listener);
                    };
            failures.set(0);
            if (absence.answered()) {
                listener.getLogger().println(node + " is back");
            }
            return next;
        } catch (StageException e) {
            return fail(new AbortException(e.getMessage()), null);
        } catch (AbortException e) {
            return fail(e, e.getMessage());
        } catch (IOException e) {
            return away(e, listener);
        } catch (InterruptedException e) {
            LOGGER.log(Level.FINE, e, () -> "Interrupted in the stage '" + request.name() + "'");
            return Next.LATER;
        }
    }

    private Next launch(TaskListener listener) throws IOException, InterruptedException, StageException {
        EnvVars environment = link.required(EnvVars.class);
        TrainerStart start = new TrainerStart(link, store);
        TrainerStart.Ready ready = stopping.requested() ? null : start.prepare(folder, environment);
        if (stopping.requested()) {
            // A controller that was killed after the launch may have left a process of this attempt behind.
            stage.get().stop(stage.site(store));
            return giveUp("Stopped before the trainer was started");
        }
        RemoteStage begun = stage.get();
        begun.send(stage.site(store));
        trainer = start.launch(ready, begun.orderPath(), environment, listener);
        phase = StagePhase.RUNNING;
        getContext().saveState();
        return Next.NEVER;
    }

    private Next watch(TaskListener listener) throws IOException, InterruptedException, StageException {
        if (superseded()) {
            return startAgain();
        }
        FilePath process = link.at(trainer.folder());
        boolean printed = trainer.copyOutput(process, listener.getLogger());
        if (printed) {
            // How far the output was copied is kept by the handle; how far the stage was mirrored, by its mirror.
            getContext().saveState();
        }
        boolean more = stage.get().follow(stage.site(store)) || printed;
        OptionalInt code = trainer.exitCode(process, link.launcher(), listener);
        if (code.isPresent()) {
            trainer.copyOutput(process, listener.getLogger());
            return ended(code.getAsInt(), listener);
        }
        if (stopping.requested()) {
            boolean hopeless = stage.bringToEnd(stopping, trainer, store, listener);
            return hopeless ? giveUp("The trainer was killed and did not end") : Next.SOON;
        }
        return more ? Next.SOON : Next.LATER;
    }

    private Next ended(int code, TaskListener listener) {
        boolean vanished = code < 0;
        int again = restarts + 1;
        if (vanished && !stopping.requested() && again <= MOST_RESTARTS) {
            listener.getLogger()
                    .println(
                            "The trainer's process is gone without a trace, because its agent was restarted or it was killed from"
                                    + " outside; starting it again from its checkpoint");
            restarts = again;
            return startAgain();
        }
        exitCode = vanished ? null : Integer.valueOf(code);
        phase = StagePhase.FINISHING;
        getContext().saveState();
        return Next.NEVER;
    }

    private Next finish(TaskListener listener) throws IOException, InterruptedException, StageException {
        if (superseded()) {
            return startAgain();
        }
        OptionalInt code = exitCode == null ? OptionalInt.empty() : OptionalInt.of(exitCode);
        Optional<StageRecord> record = stage.get().finish(stage.site(store), code, stopping.requested());
        if (record.isEmpty()) {
            return startAgain();
        }
        if (Followers.get().over()) {
            return Next.NEVER;
        }
        if (request.checkpoints().sends() && stopCause == null) {
            sending = new CheckpointSending(request.name());
            phase = StagePhase.SENDING;
        }
        link.forget(trainer, getContext().saveState());
        if (sending == null) {
            settled.set(true);
            settle(record.get());
        }
        return Next.NEVER;
    }

    private Next send(TaskListener listener) throws IOException, InterruptedException, StageException {
        OptionalInt code = exitCode == null ? OptionalInt.empty() : OptionalInt.of(exitCode);
        StageRecord record = stage.get().finish(stage.site(store), code, false).orElseThrow();
        if (stopping.requested()) {
            sending.stop(link);
        } else if (!sending.round(stage, new TrainerStart(link, store), folder, listener)) {
            getContext().saveState();
            return Next.LATER;
        }
        settled.set(true);
        settle(sending.outcome(record));
        return Next.NEVER;
    }

    private void settle(StageRecord record) throws InterruptedException {
        if (stopCause != null) {
            getContext().onFailure(stopCause);
            return;
        }
        try {
            Settlement.settle(getContext(), record.status(), record.message(), StageResult.on(record, store));
        } catch (IOException e) {
            getContext().onFailure(e);
        }
    }

    /** Whether the stage wants another process than this one: the controller was killed when it had just decided that. */
    private boolean superseded() throws IOException, StageException {
        return !trainer.order().equals(stage.get().orderPath());
    }

    private Next startAgain() {
        trainer = null;
        exitCode = null;
        phase = StagePhase.STARTING;
        getContext().saveState();
        return Next.NEVER;
    }

    /** The stage failed: ends its process and the step. */
    private Next fail(Exception cause, String why) {
        close(why);
        getContext().onFailure(stopCause == null ? cause : stopCause);
        return Next.NEVER;
    }

    /** Somebody wanted the stage to end, and there is nothing to wait for. */
    private Next giveUp(String why) {
        close(why);
        getContext().onFailure(stopCause);
        return Next.NEVER;
    }

    private void close(String why) {
        if (why != null) {
            stage.abandon(why);
        }
        if (trainer != null && phase == StagePhase.RUNNING) {
            link.kill(trainer);
        }
        settled.set(true);
    }

    private Next away(IOException e, TaskListener listener) {
        LOGGER.log(Level.FINE, e, () -> "No answer from " + node + " for " + attempt);
        boolean offline = e instanceof AgentOfflineException;
        if (offline && stopCause != null) {
            return giveUp("The agent was away when the stage was stopped");
        }
        if (!offline && failures.incrementAndGet() >= MOST_FAILURES && link.answers(folder)) {
            return fail(
                    new AbortException("The stage cannot go on on " + node + ": " + e.getMessage()), e.getMessage());
        }
        switch (absence.failed(System.nanoTime())) {
            case GONE ->
                listener.getLogger()
                        .println(node + " does not answer (" + e.getMessage() + "); waiting up to "
                                + AgentPatience.get().toSeconds() + " s for it");
            case AWAY -> LOGGER.log(Level.FINEST, "Still waiting for {0}", node);
            case LOST -> {
                return lost(listener);
            }
        }
        return Next.LATER;
    }

    private Next lost(TaskListener listener) {
        String why = node + " did not come back; the stage goes on from its last checkpoint where it is tried again";
        listener.getLogger().println(why);
        return fail(
                new FlowInterruptedException(
                        Result.ABORTED, false, new ExecutorStepExecution.RemovedNodeTimeoutCause()),
                why);
    }

    /** The step's build is not there to ask: it may be on its way, or it was ended by force. Then nobody waits for the trainer. */
    private Next unheard(IOException e) {
        LOGGER.log(Level.FINE, e, () -> "No context for " + attempt);
        if (unheard.incrementAndGet() < MOST_UNHEARD) {
            return Next.LATER;
        }
        close("The build was ended by force");
        return Next.NEVER;
    }
}
