package io.jenkins.plugins.cascade.steps;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cascade.report.GateRecord;
import io.jenkins.plugins.cascade.stage.CascadeSession;
import io.jenkins.plugins.cascade.stage.GateRequest;
import io.jenkins.plugins.cascade.stage.SiteBaselineFiles;
import io.jenkins.plugins.cascade.stage.StageException;
import io.jenkins.plugins.cascade.steps.agent.AgentSite;
import java.io.IOException;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Compares two finished models. It needs no agent unless a score file of one is named, because the scores of stages are on the controller
 * or in MLflow; the same scores give the same answer, so a controller that was killed simply compares again.
 */
final class GateExecution extends ControllerExecution {
    private static final long serialVersionUID = 1L;

    private final GateRequest request;
    private final MlflowArgument mlflow;

    GateExecution(StepContext context, GateRequest request, MlflowArgument mlflow) {
        super(context);
        this.request = request;
        this.mlflow = mlflow;
    }

    @Override
    public String getStatus() {
        return "comparing";
    }

    @Override
    Ending perform() throws IOException, InterruptedException, StageException {
        BuildSession build = BuildSessions.get().of(getContext().get(Run.class));
        CascadeSession session = build.open(mlflow, getContext().get(EnvVars.class));
        TaskListener listener = getContext().get(TaskListener.class);
        AgentHost host = new AgentHost(line -> listener.getLogger().println(build.masked(line)), Path.of(""));
        FilePath workspace = getContext().get(FilePath.class);
        AgentSite folder = workspace == null ? null : new AgentSite(workspace);
        GateRecord record = session.gate(request, host, new SiteBaselineFiles(folder));
        String message = build.masked(record.message());
        return context -> Settlement.settle(context, record.status(), message, new StageResult(record));
    }
}
