package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an order came to on the machine where the files are: {@code prepared.json}.
 *
 * @param schema version of this format, {@link #SCHEMA}
 * @param spec what the trainer is told
 * @param key content key of it
 * @param store absolute path of the stage store
 * @param directory the stage's directory, relative to the store
 * @param why whether an earlier attempt is taken, and why, or why not; one sentence for people
 * @param trained whether nothing is left to train
 */
public record PreparedStage(
        int schema, StageSpec spec, String key, String store, String directory, String why, boolean trained) {
    /** The version this code writes and reads. */
    public static final int SCHEMA = 1;

    /** Largest file that is read, in bytes. */
    static final int MOST = 4 << 20;

    /** What an earlier process of an order prepared; empty where there is none, or none that can be read. */
    static Optional<PreparedStage> read(Path file) {
        try {
            return UntrustedFile.read(file, MOST, PreparedStage.class);
        } catch (StageException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Writes it.
     *
     * @param order the order's folder
     * @throws IOException when it cannot be written
     */
    public void write(Path order) throws IOException {
        RenamedFile.write(order.resolve(OrderFiles.PREPARED), CanonicalJson.bytes(this));
    }
}
