package io.jenkins.plugins.cascade.steps.agent;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.FilePathUtils;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The way from a step to its agent, looked up afresh each time, because the connection may have been lost and made again.
 *
 * @param context the step's context
 * @param node name of the agent, empty for the built-in node
 */
public record AgentLink(StepContext context, String node) {

    /**
     * A path on the agent.
     *
     * @throws AgentOfflineException when there is no connection
     */
    public FilePath at(String path) throws AgentOfflineException {
        FilePath found = FilePathUtils.find(node, path);
        if (found == null) {
            throw new AgentOfflineException(node);
        }
        return found;
    }

    /** The step's launcher, which may lead into a container. */
    public Launcher launcher() throws IOException {
        return required(Launcher.class);
    }

    /** Something of the step's context. */
    public <T> T required(Class<T> type) throws IOException {
        T value = AgentCall.within(AgentCall.SHORT, () -> context.get(type));
        if (value == null) {
            throw new IOException("The step has no " + type.getSimpleName() + " at this moment");
        }
        return value;
    }

    /** Ends a process of a step whose build is no longer there to ask. */
    public void kill(TrainerHandle trainer) throws IOException {
        FilePath folder = at(trainer.folder());
        trainer.kill(folder, AgentCall.within(AgentCall.SHORT, () -> folder.createLauncher(TaskListener.NULL)));
    }
}
