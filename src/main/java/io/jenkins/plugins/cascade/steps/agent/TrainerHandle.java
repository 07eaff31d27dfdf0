package io.jenkins.plugins.cascade.steps.agent;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.OptionalInt;
import org.jenkinsci.plugins.durabletask.BourneShellScript;
import org.jenkinsci.plugins.durabletask.Controller;

/**
 * A trainer's process on an agent, which outlives the controller and the agent's connection. It has a folder of its own, because a durable
 * task is killed by its folder: two stages that run in the same workspace at the same time must not end together.
 */
public final class TrainerHandle implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Controller controller;
    private final String folder;
    private final String order;
    private final ArrayList<String> marks;

    private TrainerHandle(Controller controller, String folder, TrainerCommand command) {
        this.controller = controller;
        this.folder = folder;
        this.order = command.order();
        this.marks = new ArrayList<>(command.marks());
    }

    /**
     * Starts a trainer.
     *
     * @param command what is started
     * @param environment the step's environment
     * @param folder the process's folder; made where it is missing
     * @param launcher the step's launcher, which may lead into a container
     */
    public static TrainerHandle launch(
            TrainerCommand command, EnvVars environment, FilePath folder, Launcher launcher, TaskListener listener)
            throws IOException {
        BourneShellScript script = new BourneShellScript(command.script());
        script.defaultCharset();
        EnvVars variables = command.environment(environment);
        Controller started =
                AgentCall.within(AgentCall.LONG, () -> script.launch(variables, folder, launcher, listener));
        return new TrainerHandle(started, folder.getRemote(), command);
    }

    /** Path of the process's folder on the agent. */
    public String folder() {
        return folder;
    }

    /** Path of the order that the process was started for, relative to the stage store. */
    public String order() {
        return order;
    }

    /** Copies what the process has written since the last time; true when there was something. */
    public boolean copyOutput(FilePath at, OutputStream log) throws IOException {
        return AgentCall.within(AgentCall.SHORT, () -> controller.writeLog(at, log));
    }

    /**
     * The exit code; empty while the process runs. -1 and -2 are the durable task's own: the process is gone and left no code.
     */
    public OptionalInt exitCode(FilePath at, Launcher launcher, TaskListener listener) throws IOException {
        return AgentCall.within(AgentCall.SHORT, () -> {
            Integer code = controller.exitStatus(at, launcher, listener);
            return code == null ? OptionalInt.empty() : OptionalInt.of(code);
        });
    }

    /** Ends the process and its children: first as Jenkins does, by SIGTERM, and what has not ended after its few seconds by SIGKILL. */
    public void kill(FilePath at, Launcher launcher) throws IOException {
        AgentCall.within(AgentCall.KILL, () -> {
            controller.stop(at, launcher);
            return null;
        });
        AgentCall.within(AgentCall.SHORT, () -> at.act(new KillRemaining(marks)));
    }

    /** Removes what the durable task keeps of a process that has ended. */
    public void forget(FilePath at) throws IOException {
        AgentCall.within(AgentCall.SHORT, () -> {
            controller.cleanup(at);
            return null;
        });
    }
}
