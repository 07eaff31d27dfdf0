package io.jenkins.plugins.cascade.stage;

import java.nio.file.Path;

/** Models that a step names by a reference to MLflow in the place of a folder, as this machine has them. */
interface RegisteredModels {
    /**
     * The folder of a model on this machine.
     *
     * @param reference a {@link MlflowReference}
     * @throws StageException with one sentence when it cannot be had, or is not what it should be
     */
    Path folder(String reference) throws StageException;
}
