package io.jenkins.plugins.cascade.steps.agent;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.FilePathUtils;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The way from a step to its agent, looked up afresh each time, because the connection may have been lost and made again.
 *
 * @param context the step's context
 * @param node name of the agent, empty for the built-in node
 */
public record AgentLink(StepContext context, String node) {
    private static final Logger LOGGER = Logger.getLogger(AgentLink.class.getName());
    private static final long SAVE_SECONDS = 20;

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

    /** Whether there is an agent that answers, whatever else goes wrong with it. */
    public boolean answers(String folder) {
        try {
            return AgentCall.within(AgentCall.SHORT, at(folder)::isDirectory);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> node + " does not answer");
            return false;
        }
    }

    /** Ends a process that nobody follows any more, where its agent can be reached; otherwise its lease ends it. */
    public void kill(TrainerHandle trainer) {
        try {
            FilePath folder = at(trainer.folder());
            trainer.kill(folder, AgentCall.within(AgentCall.SHORT, () -> folder.createLauncher(TaskListener.NULL)));
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "The process of " + trainer.folder() + " could not be killed");
        }
    }

    /**
     * Removes the files of a process that has ended.
     *
     * @param saved done once it is saved that they are not needed any more; without that they stay
     */
    public void forget(TrainerHandle trainer, Future<Void> saved) {
        try {
            saved.get(SAVE_SECONDS, TimeUnit.SECONDS);
            trainer.forget(at(trainer.folder()));
        } catch (IOException | ExecutionException | TimeoutException e) {
            LOGGER.log(Level.FINE, e, () -> "The files of a process stay in " + trainer.folder());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
