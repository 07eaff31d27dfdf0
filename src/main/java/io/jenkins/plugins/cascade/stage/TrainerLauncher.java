package io.jenkins.plugins.cascade.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Starts trainers. */
public interface TrainerLauncher {
    /**
     * Starts a trainer as a process of its own, its output appended to {@code trainer.log} in the stage's directory.
     *
     * @param stageDirectory directory with {@code spec.json}
     * @param environment the whole environment of the process
     * @throws IOException when it cannot be started
     */
    TrainerProcess launch(Path stageDirectory, Map<String, String> environment) throws IOException;

    /**
     * Version of every verifier that this trainer has, by type; part of the content key. A judge is named by variables, so the versions
     * are those of an environment.
     *
     * @param environment of the step whose stage is trained
     */
    Map<String, String> verifierVersions(Map<String, String> environment);
}
