package io.jenkins.plugins.cascade.steps;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cascade.report.GateRecord;
import io.jenkins.plugins.cascade.stage.CascadeSession;
import io.jenkins.plugins.cascade.stage.FollowerPool;
import io.jenkins.plugins.cascade.stage.FollowerPool.Next;
import io.jenkins.plugins.cascade.stage.GateRequest;
import io.jenkins.plugins.cascade.stage.SiteBaselineFiles;
import io.jenkins.plugins.cascade.stage.StageException;
import io.jenkins.plugins.cascade.steps.agent.AgentSite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Compares two finished stages of the build. It needs no agent, because the scores are on the controller, except where a baseline is a file
 * of the step's folder; the same scores give the same
 * answer, so a controller that was killed simply compares again.
 */
final class GateExecution extends StepExecution implements FollowerPool.Follower {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(GateExecution.class.getName());

    private final GateRequest request;
    private transient AtomicBoolean settled;

    GateExecution(StepContext context, GateRequest request) {
        super(context);
        this.request = request;
    }

    @Override
    public boolean start() {
        onResume();
        return false;
    }

    @Override
    public void onResume() {
        settled = new AtomicBoolean();
        Followers.get().starting().follow(this);
    }

    @Override
    public void stop(Throwable cause) {
        if (settled.compareAndSet(false, true)) {
            getContext().onFailure(cause);
        }
    }

    @Override
    public String getStatus() {
        return "comparing";
    }

    @Override
    public Next round() {
        try {
            GateRecord record = compare();
            settle(record);
        } catch (StageException e) {
            fail(new AbortException(e.getMessage()));
        } catch (IOException e) {
            fail(e);
        } catch (InterruptedException e) {
            LOGGER.log(Level.FINE, "Left to the next start of the controller", e);
        }
        return Next.NEVER;
    }

    @Override
    public void broken(RuntimeException mistake) {
        LOGGER.log(Level.WARNING, mistake, () -> "A mistake in the gate '" + request.name() + "'");
        fail(mistake);
    }

    private GateRecord compare() throws IOException, InterruptedException, StageException {
        BuildSession build = BuildSessions.get().of(getContext().get(Run.class));
        CascadeSession session = build.open(null, getContext().get(EnvVars.class));
        TaskListener listener = getContext().get(TaskListener.class);
        AgentHost host = new AgentHost(line -> listener.getLogger().println(build.masked(line)), Path.of(""));
        FilePath workspace = getContext().get(FilePath.class);
        AgentSite folder = workspace == null ? null : new AgentSite(workspace);
        return session.gate(request, host, new SiteBaselineFiles(folder));
    }

    private void settle(GateRecord record) throws IOException, InterruptedException {
        if (!Followers.get().over() && settled.compareAndSet(false, true)) {
            Settlement.settle(getContext(), record.status(), record.message(), new StageResult(record));
        }
    }

    private void fail(Exception cause) {
        if (!Followers.get().over() && settled.compareAndSet(false, true)) {
            getContext().onFailure(cause);
        }
    }
}
