package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.TrainerResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The model of a reference on an agent, which speaks to no MLflow server: the controller has found out the digest, and a stage of this
 * agent's store has made the checkpoint.
 *
 * @param store the stages of this machine
 * @param digest of the model; null where the controller named none
 */
record PinnedModel(StageStore store, String digest) implements RegisteredModels {
    @Override
    public Path folder(String reference) throws StageException {
        for (Path directory : store.directories()) {
            Optional<Path> folder = checkpoint(directory);
            if (folder.isPresent()) {
                return folder.get();
            }
        }
        throw new StageException("The model '" + UntrustedFile.printable(reference) + "' with the digest " + digest
                + " is not in this agent's stage store, and agents read no models from MLflow: run the stage on the agent"
                + " that trained it, give all agents one store that they share, or name a folder");
    }

    private Optional<Path> checkpoint(Path directory) throws StageException {
        if (String.valueOf(directory.getFileName()).startsWith(".")) {
            return Optional.empty();
        }
        Optional<TrainerResult> result = result(new StageDirectory(directory));
        if (result.isEmpty() || !result.get().checkpointDigest().equals(digest)) {
            return Optional.empty();
        }
        Path folder = UntrustedFile.folder(directory, result.get().checkpoint());
        return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
    }

    private static Optional<TrainerResult> result(StageDirectory directory) {
        try {
            return directory.result();
        } catch (StageException damaged) {
            // A stage that is damaged has no model to offer.
            return Optional.empty();
        }
    }
}
