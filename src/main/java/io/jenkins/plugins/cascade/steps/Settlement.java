package io.jenkins.plugins.cascade.steps;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cascade.report.StageRecord;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What the outcome of a stage or a gate does to its step and its build. */
final class Settlement {
    private Settlement() {}

    /**
     * Ends the step: an accepted stage returns its result, an unstable one marks step and build and returns it too, any other fails.
     *
     * @param result what the Jenkinsfile gets
     */
    static void settle(StepContext context, StageRecord.Status status, String message, StageResult result)
            throws IOException, InterruptedException {
        switch (status) {
            case ACCEPTED -> context.onSuccess(result);
            case UNSTABLE -> {
                context.get(TaskListener.class).getLogger().println("WARNING: " + message);
                context.get(FlowNode.class).addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(message));
                context.get(Run.class).setResult(Result.UNSTABLE);
                context.onSuccess(result);
            }
            default -> context.onFailure(new AbortException(message));
        }
    }
}
