package io.jenkins.plugins.cascade.steps;

import hudson.EnvVars;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;

/** What the descriptors of those cascade steps share that {@link ControllerExecution} runs: they need no node. */
public abstract class ControllerStepDescriptor extends CascadeStepDescriptor {
    ControllerStepDescriptor(String functionName) {
        super(functionName);
    }

    @Override
    public final Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class, FlowNode.class, EnvVars.class);
    }
}
