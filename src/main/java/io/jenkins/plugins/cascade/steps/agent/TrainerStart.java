package io.jenkins.plugins.cascade.steps.agent;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Brings to an agent what a trainer needs, and starts it.
 *
 * @param link the way to the agent
 * @param store path of the stage store there
 */
public record TrainerStart(AgentLink link, String store) {
    /** The process's folder beside its order. */
    private static final String PROCESS = "process";

    /** That of the process which sends the checkpoint. */
    private static final String UPLOAD = "process-upload";

    /**
     * Looks for Java and brings the trainer; both may be there already.
     *
     * @param folder the step's folder
     * @throws AbortException with one sentence when the agent cannot train
     */
    public Ready prepare(String folder, EnvVars environment) throws IOException {
        FilePath here = link.at(folder);
        String javaHome = environment.get("JAVA_HOME");
        AgentJava java = AgentCall.within(AgentCall.SHORT, () -> here.act(new FindJava(javaHome)));
        Optional<String> problem = java.problem();
        if (problem.isPresent()) {
            throw new AbortException(problem.get());
        }
        String jar = TrainerJar.ofPlugin().bring(root(here), link.at(store));
        return new Ready(java.program(), jar);
    }

    /**
     * What an agent has for a trainer.
     *
     * @param java the program
     * @param jar the trainer's jar
     */
    public record Ready(String java, String jar) {}

    /**
     * Starts the process for an order.
     *
     * @param order path of the order, relative to the store
     * @param environment the step's environment
     */
    public TrainerHandle launch(Ready ready, String order, EnvVars environment, TaskListener listener)
            throws IOException {
        return launch(new TrainerCommand(ready.java(), ready.jar(), store, order), PROCESS, environment, listener);
    }

    /**
     * Starts the process that sends a checkpoint to MLflow.
     *
     * @param order path of the order to do so, relative to the store
     * @param environment the step's environment
     * @param mlflow MLflow's variables, secrets included
     */
    public TrainerHandle upload(
            Ready ready, String order, EnvVars environment, Map<String, String> mlflow, TaskListener listener)
            throws IOException {
        TrainerCommand command = new TrainerCommand(ready.java(), ready.jar(), store, order, mlflow);
        return launch(command, UPLOAD, environment, listener);
    }

    private TrainerHandle launch(TrainerCommand command, String name, EnvVars environment, TaskListener listener)
            throws IOException {
        String order = command.order();
        String folder = store + "/" + order.substring(0, order.lastIndexOf('/')) + "/" + name;
        return TrainerHandle.launch(command, environment, link.at(folder), link.launcher(), listener);
    }

    private static FilePath root(FilePath here) throws IOException {
        Computer computer = here.toComputer();
        Node agent = computer == null ? null : computer.getNode();
        FilePath root = agent == null ? null : agent.getRootPath();
        if (root == null) {
            throw new IOException("The agent's root folder is not known at this moment");
        }
        return root;
    }
}
