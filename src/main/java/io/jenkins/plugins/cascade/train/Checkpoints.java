package io.jenkins.plugins.cascade.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.Digests;
import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The resumable states {@code step-N} in a folder, N counting the steps of all phases. The newest are kept. */
public final class Checkpoints {
    private static final System.Logger LOG = System.getLogger(Checkpoints.class.getName());
    private static final Pattern NAME = Pattern.compile("step-(\\d{1,9})");
    private static final String MANIFEST = "manifest.json";

    private final Path folder;
    private final String contentKey;
    private final int kept;
    private Path resumed;

    /**
     * @param folder where they lie; made when the first is written
     * @param contentKey the specification they belong to
     * @param kept how many are kept, at least 1
     */
    public Checkpoints(Path folder, String contentKey, int kept) {
        this.folder = folder;
        this.contentKey = contentKey;
        this.kept = kept;
    }

    /**
     * A complete checkpoint.
     *
     * @param number steps done over all phases
     * @param folder where it lies
     * @param manifest what it holds
     */
    public record Saved(int number, Path folder, CheckpointManifest manifest) {}

    /** Where they lie. */
    public Path folder() {
        return folder;
    }

    /**
     * Writes a checkpoint, then removes all but the newest and the one that this process goes on from, whose tokenizer files are still
     * copied.
     *
     * @param number steps done over all phases
     * @param manifest its content but the digests
     * @param writer writes the tensors
     * @return the checkpoint's name
     * @throws StageFailure when it cannot be written; the earlier ones are then still there
     */
    String save(int number, CheckpointManifest manifest, DurableFiles.Writer writer) {
        String name = "step-" + number;
        DurableFiles.replaceFolder(folder.resolve(name), target -> {
            writer.write(target);
            byte[] json = CanonicalJson.bytes(manifest.withFiles(digests(target)));
            Files.write(target.resolve(MANIFEST), json);
        });
        DurableFiles.guarded(folder, () -> {
            List<Path> all = newestFirst();
            for (Path old : all.subList(Math.min(kept, all.size()), all.size())) {
                if (!old.equals(resumed)) {
                    DurableFiles.delete(old);
                }
            }
        });
        return name;
    }

    /**
     * The newest complete checkpoint; damaged ones are passed over with a warning in the log.
     *
     * @throws StageFailure when it belongs to another specification
     */
    public Optional<Saved> latest() throws IOException {
        for (Path candidate : newestFirst()) {
            Optional<CheckpointManifest> manifest = read(candidate);
            if (manifest.isPresent()) {
                requireSameStage(candidate, manifest.get());
                resumed = candidate;
                return Optional.of(new Saved(number(candidate), candidate, manifest.get()));
            }
        }
        return Optional.empty();
    }

    private void requireSameStage(Path checkpoint, CheckpointManifest manifest) {
        if (!manifest.contentKey().equals(contentKey)) {
            throw new StageFailure(
                    ExitCode.BAD_INPUT,
                    "The checkpoint " + checkpoint + " belongs to another specification (" + manifest.contentKey()
                            + ", this one is " + contentKey + "); give the changed stage a directory of its own.");
        }
    }

    private static Optional<CheckpointManifest> read(Path checkpoint) throws IOException {
        Path file = checkpoint.resolve(MANIFEST);
        if (!Files.isRegularFile(file)) {
            LOG.log(System.Logger.Level.WARNING, "{0} has no manifest and is passed over", checkpoint);
            return Optional.empty();
        }
        try {
            CheckpointManifest manifest =
                    CanonicalJson.MAPPER.readValue(Files.readAllBytes(file), CheckpointManifest.class);
            if (manifest.schema() == StageSpec.SCHEMA && manifest.files().equals(digests(checkpoint))) {
                return Optional.of(manifest);
            }
            LOG.log(System.Logger.Level.WARNING, "{0} is damaged and is passed over", checkpoint);
        } catch (JsonProcessingException e) {
            LOG.log(System.Logger.Level.WARNING, "{0} cannot be read and is passed over: {1}", file, e.getMessage());
        }
        return Optional.empty();
    }

    private static Map<String, String> digests(Path checkpoint) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(checkpoint)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                String relative = checkpoint.relativize(file).toString().replace('\\', '/');
                if (!relative.equals(MANIFEST)) {
                    digests.put(relative, Digests.ofFile(file));
                }
            }
        }
        return digests;
    }

    private List<Path> newestFirst() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(path -> number(path) >= 0)
                    .sorted(Comparator.comparingInt(Checkpoints::number).reversed())
                    .toList();
        }
    }

    private static int number(Path path) {
        Matcher name = NAME.matcher(String.valueOf(path.getFileName()));
        return name.matches() ? Integer.parseInt(name.group(1)) : -1;
    }
}
