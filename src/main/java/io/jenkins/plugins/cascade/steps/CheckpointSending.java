package io.jenkins.plugins.cascade.steps;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.TaskListener;
import io.jenkins.plugins.cascade.report.StageRecord;
import io.jenkins.plugins.cascade.stage.StageException;
import io.jenkins.plugins.cascade.steps.agent.AgentLink;
import io.jenkins.plugins.cascade.steps.agent.TrainerHandle;
import io.jenkins.plugins.cascade.steps.agent.TrainerStart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Sends the checkpoint of an accepted stage to MLflow, by a process on the agent, where the files are. That process alone gets the
 * credentials of the server, in its environment, and only when a stage asks for it. Like the trainer it outlives the controller; when it is
 * lost it is started again and sends what is missing. What it cannot send makes the build unstable and no training lost.
 */
final class CheckpointSending implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MOST_STARTS = 3;

    private final String name;
    private TrainerHandle process;
    private int starts;
    private String problem;

    /**
     * What is not begun yet.
     *
     * @param name of the stage
     */
    CheckpointSending(String name) {
        this.name = name;
    }

    /**
     * Starts the process, or looks after it.
     *
     * @param folder the step's folder on the agent
     * @return whether it is over
     * @throws IOException when the agent is away
     */
    boolean round(FollowedStage stage, TrainerStart start, String folder, TaskListener listener)
            throws IOException, InterruptedException, StageException {
        return process == null ? !begun(stage, start, folder, listener) : ended(stage, start.link(), listener);
    }

    private boolean begun(FollowedStage stage, TrainerStart start, String folder, TaskListener listener)
            throws IOException, InterruptedException, StageException {
        Optional<String> order = stage.get().sendUpload(stage.site(start.store()));
        if (order.isEmpty()) {
            problem = "The checkpoint of '" + name + "' could not be sent to MLflow, because no server knows its run";
            return false;
        }
        EnvVars environment = start.link().required(EnvVars.class);
        process = start.upload(start.prepare(folder, environment), order.get(), environment, stage.mlflow(), listener);
        starts++;
        return true;
    }

    private boolean ended(FollowedStage stage, AgentLink link, TaskListener listener)
            throws IOException, StageException {
        FilePath at = link.at(process.folder());
        OptionalInt code = process.exitCode(at, link.launcher(), listener);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        process.copyOutput(at, said);
        if (said.size() > 0) {
            stage.say(said.toString(StandardCharsets.UTF_8).stripTrailing());
        }
        if (code.isEmpty()) {
            return false;
        }
        process.forget(at);
        process = null;
        boolean vanished = code.getAsInt() < 0;
        if (vanished && starts < MOST_STARTS) {
            return false;
        }
        if (code.getAsInt() != 0) {
            problem = "The checkpoint of '" + name + "' is not in MLflow and stays on the agent"
                    + (vanished ? ", because the process that sends it was ended" : "; the log says why");
        }
        return true;
    }

    /** Ends the process, because the build is stopped. */
    void stop(AgentLink link) {
        if (process != null) {
            link.kill(process);
        }
    }

    /** The stage's record, with a mark when the checkpoint could not be sent. */
    StageRecord outcome(StageRecord record) {
        return problem == null
                ? record
                : record.toBuilder()
                        .status(StageRecord.Status.UNSTABLE)
                        .message(record.message().isEmpty() ? problem : record.message() + ". " + problem)
                        .build();
    }
}
