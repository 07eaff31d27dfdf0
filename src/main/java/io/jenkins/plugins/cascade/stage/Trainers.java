package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.StageSpec;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Starts a trainer in a stage's directory. */
final class Trainers {
    /** The follower logs to MLflow, the trainer never does, so it gets none of its secrets. */
    private static final Set<String> SECRETS =
            Set.of("MLFLOW_TRACKING_USERNAME", "MLFLOW_TRACKING_PASSWORD", "MLFLOW_TRACKING_TOKEN");

    private final TrainerLauncher launcher;
    private final Map<String, String> environment;

    Trainers(TrainerLauncher launcher, Map<String, String> environment) {
        this.launcher = launcher;
        this.environment = environment;
    }

    TrainerProcess start(StageDirectory directory, StageSpec spec) throws StageException {
        directory.prepare(spec);
        Map<String, String> visible = new TreeMap<>(environment);
        visible.keySet().removeAll(SECRETS);
        try {
            return launcher.launch(directory.path(), visible);
        } catch (IOException e) {
            throw new StageException("The trainer cannot be started: " + e.getMessage(), e);
        }
    }
}
