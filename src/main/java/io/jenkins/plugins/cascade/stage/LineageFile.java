package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.Digests;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The {@link Lineage} in a checkpoint's folder, so that a copy of the folder still knows where it comes from. The file is hidden, because
 * hidden files are not part of a model's digest: the digest in it says which weights it belongs to.
 */
public final class LineageFile {
    /** The file's name. */
    public static final String NAME = ".cascade-lineage.json";

    private static final int MOST = 8 << 20;

    private LineageFile() {}

    /**
     * The lineage in a folder, whether the weights are still those or not; empty where there is none.
     *
     * @throws StageException when it is there and is not a lineage
     */
    public static Optional<Lineage> read(Path folder) throws StageException {
        return UntrustedFile.read(folder.resolve(NAME), MOST, Lineage.class);
    }

    /**
     * Parses the content of such a file.
     *
     * @param name what the message calls it
     * @throws StageException when it is not a lineage
     */
    static Lineage parse(byte[] bytes, String name) throws StageException {
        return UntrustedFile.parse(bytes, name, Lineage.class);
    }

    /**
     * Whether the weights in a folder are those that a lineage describes.
     *
     * @throws StageException when the folder cannot be read
     */
    public static boolean describes(Lineage lineage, Path folder) throws StageException {
        try {
            return Digests.ofFolder(folder).equals(lineage.last().checkpointDigest());
        } catch (IOException e) {
            throw new StageException("The model " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Writes what is known of a stage that is trained to its end into its checkpoint's folder, and returns it. The ancestors are taken
     * from the folder that it started from, as long as that folder still holds what the stage started from.
     *
     * @param spec what the stage ran
     * @param now the stage
     * @param folder its checkpoint
     * @param onAStage whether it started from an earlier stage, not from a model that a step named
     * @throws IOException when it cannot be written
     */
    static Lineage write(StageSpec spec, Generation now, Path folder, boolean onAStage) throws IOException {
        Lineage lineage =
                before(spec).map(parent -> parent.followedBy(now)).orElseGet(() -> first(spec, now, !onAStage));
        write(lineage, folder);
        return lineage;
    }

    /**
     * Writes into a checkpoint's folder what is known where it was trained: everything but the judgement, which a controller keeps. What
     * is written there of the same weights already is left as it is.
     *
     * @param onAStage whether the stage started from an earlier stage, not from a model that a step named
     * @throws IOException when it cannot be written
     * @throws StageException when what is there already cannot be read
     */
    public static void writeUnjudged(
            StageDirectory directory, StageSpec spec, FinishedTraining finished, boolean onAStage)
            throws IOException, StageException {
        Path folder = directory.path().resolve(finished.result().checkpoint());
        String digest = finished.result().checkpointDigest();
        Optional<Lineage> there = read(folder);
        if (there.filter(lineage -> lineage.last().checkpointDigest().equals(digest))
                .isEmpty()) {
            write(spec, Generation.trained(spec, digest, null), folder, onAStage);
        }
    }

    /**
     * The lineage of a stage whose ancestors are not written down.
     *
     * @param base whether it started from a model that a step named
     */
    static Lineage first(StageSpec spec, Generation now, boolean base) {
        String name = PlainPath.lastPart(spec.model().path());
        return new Lineage(
                Lineage.SCHEMA, new Lineage.Ancestor(name, spec.model().digest(), base), List.of(now));
    }

    /** Writes a lineage into a folder. */
    static void write(Lineage lineage, Path folder) throws IOException {
        RenamedFile.write(folder.resolve(NAME), CanonicalJson.bytes(lineage));
    }

    private static Optional<Lineage> before(StageSpec spec) {
        Path parent = Path.of(spec.model().path());
        try {
            return Files.isDirectory(parent)
                    ? read(parent).filter(lineage -> lineage.last()
                            .checkpointDigest()
                            .equals(spec.model().digest()))
                    : Optional.empty();
        } catch (StageException unreadable) {
            // The lineage then begins here and says that what was before is not written down.
            return Optional.empty();
        }
    }
}
