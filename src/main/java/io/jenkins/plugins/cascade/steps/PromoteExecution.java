package io.jenkins.plugins.cascade.steps;

import hudson.EnvVars;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cascade.report.PromotionRecord;
import io.jenkins.plugins.cascade.stage.CascadeSession;
import io.jenkins.plugins.cascade.stage.PromoteRequest;
import io.jenkins.plugins.cascade.stage.StageException;
import java.io.IOException;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Promotes a checkpoint. A version is found again by its run, so a controller that was killed simply promotes again and there is one
 * version.
 */
final class PromoteExecution extends ControllerExecution {
    private static final long serialVersionUID = 1L;

    private final PromoteRequest request;
    private final MlflowArgument mlflow;

    PromoteExecution(StepContext context, PromoteRequest request, MlflowArgument mlflow) {
        super(context);
        this.request = request;
        this.mlflow = mlflow;
    }

    @Override
    public String getStatus() {
        return "promoting";
    }

    @Override
    Ending perform() throws IOException, InterruptedException, StageException {
        BuildSession build = BuildSessions.get().of(getContext().get(Run.class));
        CascadeSession session = build.open(mlflow, getContext().get(EnvVars.class));
        TaskListener listener = getContext().get(TaskListener.class);
        PromotionRecord record = session.promote(
                request, new AgentHost(line -> listener.getLogger().println(build.masked(line)), Path.of("")));
        PromotionResult result = new PromotionResult(record);
        return context -> context.onSuccess(result);
    }
}
