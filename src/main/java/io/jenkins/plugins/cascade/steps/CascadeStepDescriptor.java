package io.jenkins.plugins.cascade.steps;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Map;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.StaplerRequest2;

/** What the descriptors of the cascade steps share. A stage runs inside a node. */
public abstract class CascadeStepDescriptor extends StepDescriptor implements KnownArguments {
    private final String functionName;

    CascadeStepDescriptor(String functionName) {
        this.functionName = functionName;
    }

    @Override
    public final String getFunctionName() {
        return functionName;
    }

    @Override
    public final String getDisplayName() {
        return Wording.forReader(functionName);
    }

    @Override
    public Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class, FlowNode.class, FilePath.class, Launcher.class, EnvVars.class);
    }

    /** What the pages of a build show beside the step: the stage's name. */
    @Override
    public final String argumentsToString(Map<String, Object> arguments) {
        return arguments.get("name") instanceof String name ? name : null;
    }

    /**
     * The step that a form describes. The Snippet Generator shows a refusal in the place of the snippet.
     *
     * @throws RefusedFormException with one sentence when an argument is missing or refused
     */
    @Override
    public final Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
        try {
            return super.newInstance(request, form);
        } catch (LinkageError | IllegalArgumentException e) {
            // Jenkins wraps what a constructor or a setter throws in an Error, and would answer nothing.
            throw RefusedFormException.of(e);
        }
    }

    /** A path or a list of paths as a form shows it, one path a line; called by the views. */
    public final String lines(Object paths) {
        return Paths.lines(paths);
    }
}
