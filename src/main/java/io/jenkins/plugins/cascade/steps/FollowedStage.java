package io.jenkins.plugins.cascade.steps;

import hudson.EnvVars;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cascade.stage.RemoteStage;
import io.jenkins.plugins.cascade.stage.StageException;
import io.jenkins.plugins.cascade.stage.StageRequest;
import io.jenkins.plugins.cascade.steps.agent.AgentLink;
import io.jenkins.plugins.cascade.steps.agent.AgentSite;
import io.jenkins.plugins.cascade.steps.agent.TrainerHandle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The stage of an execution on this controller: opened in the session of its build when it is first needed, and again after a restart. */
final class FollowedStage {
    private static final Logger LOGGER = Logger.getLogger(FollowedStage.class.getName());

    private final AgentLink link;
    private final StageRequest request;
    private final MlflowArgument mlflow;
    private final String attempt;
    private final String folder;
    private RemoteStage opened;

    /**
     * A stage that is not opened yet.
     *
     * @param attempt the execution's own name of the attempt
     * @param folder the step's folder on the agent
     */
    FollowedStage(AgentLink link, StageRequest request, MlflowArgument mlflow, String attempt, String folder) {
        this.link = link;
        this.request = request;
        this.mlflow = mlflow;
        this.attempt = attempt;
        this.folder = folder;
    }

    /**
     * The stage in the session of its build.
     *
     * @throws IOException when the step cannot be asked for its build at this moment
     * @throws StageException when the session cannot be opened or refuses the stage
     */
    RemoteStage get() throws IOException, StageException {
        if (opened == null) {
            BuildSession session = BuildSessions.get().of(link.required(Run.class));
            AgentHost host = new AgentHost(line -> print(session.masked(line)), Path.of(folder));
            opened = session.open(mlflow, link.required(EnvVars.class)).remote(request, host, attempt);
        }
        return opened;
    }

    /** The store on the agent. */
    AgentSite site(String store) throws IOException {
        return new AgentSite(link.at(store));
    }

    /** MLflow's variables for a process that sends the checkpoint there, secrets included. */
    Map<String, String> mlflow() throws IOException, StageException {
        get();
        return BuildSessions.get().of(link.required(Run.class)).mlflowVariables();
    }

    /** A line for the build's log, without secrets. */
    void say(String line) throws IOException {
        print(BuildSessions.get().of(link.required(Run.class)).masked(line));
    }

    /**
     * Does what is next when the trainer is to end: asks it for a checkpoint, and kills it when its time is over.
     *
     * @param store path of the store on the agent
     * @return whether nothing is left that could be done
     * @throws IOException when the agent is away; the same is done again later
     */
    boolean bringToEnd(Stopping stopping, TrainerHandle trainer, String store, TaskListener listener)
            throws IOException, InterruptedException {
        Stopping.Act act = stopping.at(System.nanoTime());
        try {
            switch (act) {
                case ASK -> {
                    listener.getLogger().println("Asking the trainer for a checkpoint");
                    get().stop(site(store));
                }
                case KILL -> {
                    listener.getLogger().println("Killing the trainer");
                    trainer.kill(link.at(trainer.folder()), link.launcher());
                }
                case GIVE_UP, NOTHING, WAIT -> LOGGER.log(Level.FINEST, "Waiting for the end of {0}", attempt);
            }
        } catch (IOException | StageException e) {
            stopping.again(act);
            throw e instanceof IOException away ? away : new IOException(e);
        }
        return act == Stopping.Act.GIVE_UP;
    }

    /** Closes the record of a stage that was opened, with one sentence on why nobody follows it any more. */
    void abandon(String why) {
        if (opened != null) {
            opened.abandon(why);
        }
    }

    private void print(String line) {
        try {
            link.required(TaskListener.class).getLogger().println(line);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "No log for: " + line);
        }
    }
}
