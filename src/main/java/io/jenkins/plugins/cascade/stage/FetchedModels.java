package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.track.MlflowRest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Models of MLflow, fetched into the stage store once: {@code models/<first 12 digits of the digest>/}. A folder appears there whole, by a
 * rename, when its digest is that of the run's tag.
 */
final class FetchedModels implements RegisteredModels {
    private static final String FOLDER = "models";
    private static final int PREFIX = 12;
    private static final long MOST_BYTES = 1L << 42;

    private final MlflowRuns runs;
    private final String cascade;
    private final Path store;
    private final FileDigests digests;

    /**
     * Those of a server.
     *
     * @param cascade name of the job or of the Jenkinsfile that asks
     * @param store the stage store
     */
    FetchedModels(MlflowRuns runs, String cascade, Path store) {
        this.runs = runs;
        this.cascade = cascade;
        this.store = store;
        this.digests = new FileDigests(store);
    }

    @Override
    public Path folder(String reference) throws StageException {
        MlflowRuns.EarlierStage stage = runs.stage(MlflowReference.parse(reference), cascade);
        String digest = runs.checkpoint(stage);
        Path folder = store.resolve(FOLDER)
                .resolve(digest.substring(digest.indexOf(':') + 1, digest.indexOf(':') + 1 + PREFIX));
        try {
            if (!Files.isDirectory(folder) || !digests.ofFolder(folder).equals(digest)) {
                fetch(stage.run().runId(), digest, folder);
                lineage(stage).ifPresent(lineage -> write(lineage, folder));
            }
            return folder;
        } catch (IOException e) {
            throw new StageException(
                    "The model '" + UntrustedFile.printable(reference) + "' cannot be fetched from MLflow: "
                            + UntrustedFile.printable(e.getMessage()),
                    e);
        }
    }

    /**
     * Fetches a checkpoint of a run and verifies it.
     *
     * @param target replaced when it is there
     */
    void fetch(String run, String digest, Path target) throws IOException, StageException {
        MlflowRest server = runs.server("the model of the run " + run);
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        Path partial = target.resolveSibling("." + target.getFileName() + "-" + run);
        if (!Files.isDirectory(partial)) {
            server.artifacts().downloadFolder(run, PublishedStage.MODEL, partial, MOST_BYTES);
        }
        String got = digests.ofFolder(partial);
        if (!got.equals(digest)) {
            delete(partial);
            throw new IOException("what MLflow keeps of the run " + run + " has the digest " + got + ", but " + digest
                    + " was judged");
        }
        if (Files.exists(target)) {
            Files.move(target, target.resolveSibling(".replaced-" + UUID.randomUUID()), StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private Optional<Lineage> lineage(MlflowRuns.EarlierStage stage) {
        try {
            return Optional.of(runs.lineage(stage));
        } catch (StageException none) {
            // A model that no stage made has none, and may be evaluated all the same.
            return Optional.empty();
        }
    }

    private static void write(Lineage lineage, Path folder) {
        try {
            RenamedFile.write(folder.resolve(LineageFile.NAME), CanonicalJson.bytes(lineage));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
