package io.jenkins.plugins.cascade.steps.agent;

import hudson.EnvVars;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the trainer's process is started: a script that never changes, and an environment that holds all that varies, so that nothing needs
 * quoting and nothing shows in the list of processes but paths.
 *
 * @param java the program
 * @param jar the trainer's jar
 * @param store the stage store
 * @param order path of the order, relative to the store
 * @param mlflow MLflow's variables for a process that sends a checkpoint there, secrets included; empty for a trainer
 */
public record TrainerCommand(String java, String jar, String store, String order, Map<String, String> mlflow) {
    /** Options for the trainer's JVM that a Jenkinsfile may set in its environment, after the plugin's own. */
    public static final String JVM_OPTIONS = "CASCADE_JAVA_OPTIONS";

    /**
     * The controller logs to MLflow, the trainer never does, so it gets none of the variables that would let it; a process that sends a
     * checkpoint gets those of the build and no others.
     */
    private static final List<String> MLFLOW = List.of(
            "MLFLOW_TRACKING_URI",
            "MLFLOW_TRACKING_USERNAME",
            "MLFLOW_TRACKING_PASSWORD",
            "MLFLOW_TRACKING_TOKEN",
            "MLFLOW_EXPERIMENT_NAME",
            "MLFLOW_EXPERIMENT_ID",
            "MLFLOW_RUN_ID");

    /** 127 is what a shell says when there is no such command. */
    private static final String SCRIPT =
            """
            #!/bin/sh
            unset {mlflow}
            if [ ! -x "$CASCADE_JAVA" ]; then
                CASCADE_JAVA=$(command -v java) || {
                    echo "There is no Java here to run the trainer: set JAVA_HOME of the step to a Java {oldest} or later."
                    exit 127
                }
            fi
            exec "$CASCADE_JAVA" -Xmx1g -XX:+UseSerialGC ${options} -cp "$CASCADE_TRAINER_JAR" \\
                io.jenkins.plugins.cascade.agent.Main "$CASCADE_ROOT" "$CASCADE_ORDER"
            """
                    .replace("{mlflow}", String.join(" ", MLFLOW))
                    .replace("{oldest}", Integer.toString(AgentJava.OLDEST))
                    .replace("{options}", JVM_OPTIONS);

    private static final String SENDING = SCRIPT.replaceFirst("unset [^\\n]*\\n", "");

    /** Keeps a copy of the variables. */
    public TrainerCommand {
        mlflow = Map.copyOf(mlflow);
    }

    /** A trainer. */
    public TrainerCommand(String java, String jar, String store, String order) {
        this(java, jar, store, order, Map.of());
    }

    /** The script. */
    public String script() {
        return mlflow.isEmpty() ? SCRIPT : SENDING;
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return java + " -cp " + jar + " " + store + " " + order;
    }

    /**
     * The environment of the process.
     *
     * @param step the step's environment
     */
    public EnvVars environment(EnvVars step) {
        EnvVars all = new EnvVars(step);
        all.keySet().removeAll(MLFLOW);
        all.putAll(variables(step));
        all.putAll(mlflow);
        return all;
    }

    /** Entries of the environment that only this trainer's processes have. */
    List<String> marks() {
        return List.of("CASCADE_ROOT=" + store, "CASCADE_ORDER=" + order);
    }

    /** What is added to the step's environment. */
    Map<String, String> variables(Map<String, String> step) {
        Map<String, String> added = new TreeMap<>();
        added.put("CASCADE_JAVA", java);
        added.put("CASCADE_TRAINER_JAR", jar);
        added.put("CASCADE_ROOT", store);
        added.put("CASCADE_ORDER", order);
        // Without this the tensor library reports its use to its makers.
        added.put("OPT_OUT_TRACKING", "true");
        if (!step.containsKey("OMP_WAIT_POLICY")) {
            // Threads that spin while they wait make training ten times slower as soon as something else needs a
            // processor.
            added.put("OMP_WAIT_POLICY", "PASSIVE");
        }
        return added;
    }
}
