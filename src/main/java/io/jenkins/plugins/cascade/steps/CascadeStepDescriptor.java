package io.jenkins.plugins.cascade.steps;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** What the descriptors of the cascade steps share: all of them run inside a node. */
public abstract class CascadeStepDescriptor extends StepDescriptor {
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
    public final Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class, FilePath.class, Launcher.class, EnvVars.class);
    }

    /** A path or a list of paths as a form shows it, one path a line; called by the views. */
    public final String lines(Object paths) {
        return Paths.lines(paths);
    }
}
