package io.jenkins.plugins.cascade.steps;

import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Remembers in a build's folder where its runs go, for the time after a restart of the controller. Written once. */
final class MlflowTargetFile {
    /** The file's name. */
    static final String NAME = "mlflow.json";

    private MlflowTargetFile() {}

    /**
     * What is remembered; empty when nothing is yet.
     *
     * @throws IOException when the file cannot be read
     */
    static Optional<MlflowTarget> read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        return Files.exists(file)
                ? Optional.of(CanonicalJson.MAPPER.readValue(Files.readAllBytes(file), MlflowTarget.class))
                : Optional.empty();
    }

    /**
     * Remembers.
     *
     * @throws IOException when the file cannot be written
     */
    static void write(Path folder, MlflowTarget target) throws IOException {
        Files.createDirectories(folder);
        Path part = folder.resolve(NAME + ".part");
        Files.write(part, CanonicalJson.MAPPER.writeValueAsBytes(target));
        Files.move(part, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
