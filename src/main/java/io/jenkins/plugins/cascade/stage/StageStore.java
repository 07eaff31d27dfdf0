package io.jenkins.plugins.cascade.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The stages of all builds of a workspace: {@code stages/<first 12 digits of the content key>-<name>/}. A stage that is trained again on
 * request keeps its old directory under the name {@code replaced-<time>-...}.
 */
final class StageStore {
    /** Folder of all stages in a store. */
    static final String FOLDER = "stages";

    private static final int PREFIX = 12;
    private static final String ALGORITHM = "sha256:";

    private final Path root;
    private final FileDigests digests;

    /**
     * A store; its folder is made.
     *
     * @throws StageException when it cannot be written
     */
    StageStore(Path workspace) throws StageException {
        root = workspace.resolve(FOLDER);
        digests = new FileDigests(workspace);
        try {
            Files.createDirectories(root);
            Path probe = Files.createTempFile(root, ".", ".tmp");
            Files.delete(probe);
        } catch (IOException e) {
            throw new StageException(
                    "The workspace " + workspace + " cannot be written ("
                            + e.getClass().getSimpleName() + ": " + e.getMessage()
                            + "); make it writable or choose another",
                    e);
        }
    }

    /** The digests of large files that are remembered here. */
    FileDigests digests() {
        return digests;
    }

    /** The directory of the stage with that key, whatever its name; one of that name first. */
    Optional<StageDirectory> find(String key, String name) throws StageException {
        String prefix = prefix(key) + "-";
        return directories().stream()
                .filter(folder -> folder.getFileName().toString().startsWith(prefix))
                .sorted(Comparator.comparing(
                        folder -> !folder.getFileName().toString().equals(prefix + name)))
                .map(StageDirectory::new)
                .filter(directory -> directory.holds(key))
                .findFirst();
    }

    /** Where a new stage goes. */
    StageDirectory fresh(String key, String name) {
        return new StageDirectory(root.resolve(prefix(key) + "-" + name));
    }

    /** The stage of that name that was touched last, except the given one. */
    Optional<StageDirectory> nearest(String name, Path except) throws StageException {
        return directories().stream()
                .filter(folder -> folder.getFileName().toString().matches("[0-9a-f]{" + PREFIX + "}-.*"))
                .filter(folder ->
                        folder.getFileName().toString().substring(PREFIX + 1).equals(name))
                .filter(folder -> !folder.equals(except))
                .max(Comparator.comparing(StageStore::modified))
                .map(StageDirectory::new);
    }

    /** Puts a finished stage aside, so that it can be trained again and nothing is lost. */
    Path putAside(StageDirectory directory) throws StageException {
        Path aside = root.resolve("replaced-" + System.currentTimeMillis() + "-"
                + directory.path().getFileName());
        try {
            return Files.move(directory.path(), aside);
        } catch (IOException e) {
            throw new StageException(
                    "The earlier stage " + directory.path() + " cannot be put aside: " + e.getMessage(), e);
        }
    }

    /** All directories of stages, in no order. */
    List<Path> directories() throws StageException {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new StageException("The stages in " + root + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private static FileTime modified(Path folder) {
        try {
            return Files.getLastModifiedTime(folder);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }

    private static String prefix(String key) {
        return key.substring(ALGORITHM.length(), ALGORITHM.length() + PREFIX);
    }
}
