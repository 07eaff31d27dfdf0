package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.Digests;
import io.jenkins.plugins.cascade.track.ArtifactManifest;
import io.jenkins.plugins.cascade.track.FoundRun;
import io.jenkins.plugins.cascade.track.TrackingServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sends the checkpoint of an accepted stage to the artifacts of its run. What MLflow then keeps is read back and is, by its digest, what
 * was judged; only then is anything removed here, and never the model itself, on which later stages build.
 */
final class CheckpointUpload {
    /** Folder of the checkpoint among the run's artifacts: the model version {@code runs:/ID/model}. */
    static final String ARTIFACT = "model";

    private static final String STATE = "step-[0-9]{1,9}";
    private static final double GIGABYTE = 1e9;

    private final TrackingServer server;
    private final UploadOrder order;

    CheckpointUpload(TrackingServer server, UploadOrder order) {
        this.server = server;
        this.order = order;
    }

    /**
     * Sends it, unless an earlier run of the same stage has it.
     *
     * @param store the stage store
     * @return what was done, for people
     * @throws IOException with one sentence when it is not in MLflow, or not as it was judged; the same call goes on with what is missing
     */
    String send(Path store) throws IOException {
        Path checkpoint = store.resolve(order.checkpoint());
        Optional<String> earlier = earlier();
        String done = earlier.isPresent()
                ? "the checkpoint is in MLflow already, with the run " + earlier.get()
                : sent(checkpoint);
        int removed = order.removeStates() ? removeStates(checkpoint.getParent()) : 0;
        return removed == 0 ? done : done + "; " + removed + " states of the optimizer were removed here";
    }

    private Optional<String> earlier() throws IOException {
        for (FoundRun run : server.search().acceptedByKey(order.experiment(), order.key())) {
            Optional<ArtifactManifest> kept = server.artifacts().manifest(run.runId(), ARTIFACT);
            if (kept.filter(ArtifactManifest::complete).filter(this::asJudged).isPresent()) {
                return Optional.of(run.runId());
            }
        }
        return Optional.empty();
    }

    private String sent(Path checkpoint) throws IOException {
        ArtifactManifest kept = server.artifacts().uploadFolder(order.run(), checkpoint, ARTIFACT);
        if (!asJudged(kept)) {
            throw new IOException("The checkpoint " + checkpoint + " is not the one that was judged: it was changed, so"
                    + " what MLflow keeps of run " + order.run() + " must not be used; train the stage again");
        }
        return String.format(
                Locale.ROOT,
                "the checkpoint is in MLflow, %d files with %.3f GB, read back and as it was judged",
                kept.files().size(),
                kept.totalBytes() / GIGABYTE);
    }

    private boolean asJudged(ArtifactManifest manifest) {
        return digest(manifest).equals(order.digest());
    }

    /** {@link Digests#ofFolder} of what the manifest names. */
    private static String digest(ArtifactManifest manifest) {
        String lines = manifest.files().stream()
                .sorted(Comparator.comparing(file -> Path.of(file.path())))
                .map(file -> "sha256:" + file.sha256() + " " + file.path() + "\n")
                .collect(Collectors.joining());
        return Digests.ofBytes(lines.getBytes(StandardCharsets.UTF_8));
    }

    private static int removeStates(Path checkpoints) throws IOException {
        List<Path> states;
        try (Stream<Path> folders = Files.list(checkpoints)) {
            states = folders.filter(folder -> folder.getFileName().toString().matches(STATE))
                    .filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        for (Path state : states) {
            List<Path> files;
            try (Stream<Path> walk = Files.walk(state)) {
                files = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : files) {
                Files.delete(file);
            }
        }
        return states.size();
    }
}
