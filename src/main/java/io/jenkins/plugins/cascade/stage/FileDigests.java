package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Digests of large files, remembered in the stage store, so that a model of many gigabytes is not read again by every stage that reuses
 * it. A remembered digest counts as long as the file's path, size, time of change to the nanosecond, inode, and time of its last status
 * change are those of then. A file that is replaced or written under the same name changes at least the last of these, which no program
 * can set back: also one of the same size whose time of change was restored. Where a file system tells no such time, and for a file that
 * changed within the last two seconds, nothing is remembered and the file is read.
 */
final class FileDigests {
    /** Files below that many bytes are read faster than they are looked up. */
    static final long SMALLEST = 1 << 20;

    private static final String FOLDER = "digests";
    private static final int MOST = 1 << 16;
    private static final long SETTLED_MILLIS = 2000;

    private final Path folder;

    /**
     * What was known of a file when its digest was computed.
     *
     * @param path absolute path
     * @param bytes its size
     * @param changedNanos time of change of its content
     * @param statusNanos time of the last change of its content, name, owner or times
     * @param inode number in its file system, with the device's
     * @param digest digest of its bytes
     */
    record Known(String path, long bytes, long changedNanos, long statusNanos, String inode, String digest) {
        /** The same but for the digest. */
        boolean isOf(Known now) {
            return path.equals(now.path)
                    && bytes == now.bytes
                    && changedNanos == now.changedNanos
                    && statusNanos == now.statusNanos
                    && inode.equals(now.inode);
        }

        private Known with(String computed) {
            return new Known(path, bytes, changedNanos, statusNanos, inode, computed);
        }
    }

    /** Those that are remembered in a stage store. */
    FileDigests(Path store) {
        this.folder = store.resolve(FOLDER);
    }

    /** The digest of a file's bytes. */
    String ofFile(Path file) throws IOException {
        if (Files.size(file) < SMALLEST) {
            return Digests.ofFile(file);
        }
        Optional<Known> before = look(file);
        if (before.isEmpty()) {
            return Digests.ofFile(file);
        }
        Path place = place(before.get());
        Optional<Known> known = remembered(place).filter(then -> then.isOf(before.get()));
        if (known.isPresent()) {
            return known.get().digest();
        }
        String digest = Digests.ofFile(file);
        boolean settled = System.currentTimeMillis()
                        - TimeUnit.NANOSECONDS.toMillis(before.get().statusNanos())
                > SETTLED_MILLIS;
        if (settled && look(file).filter(before.get()::isOf).isPresent()) {
            Files.createDirectories(folder);
            RenamedFile.write(place, CanonicalJson.bytes(before.get().with(digest)));
        }
        return digest;
    }

    /** The digest of a folder, as {@link Digests#ofFolder(Path)} has it. */
    String ofFolder(Path model) throws IOException {
        return Digests.ofFolder(model, this::ofFile);
    }

    private Path place(Known file) {
        String name = Digests.ofBytes(file.path().getBytes(StandardCharsets.UTF_8));
        return folder.resolve(name.substring(name.indexOf(':') + 1) + ".json");
    }

    private static Optional<Known> remembered(Path place) {
        try {
            return UntrustedFile.read(place, MOST, Known.class).filter(known -> UntrustedFile.isDigest(known.digest()));
        } catch (StageException damaged) {
            // It is written anew.
            return Optional.empty();
        }
    }

    /** What the file system tells of a file; empty where it does not tell enough. */
    private static Optional<Known> look(Path file) throws IOException {
        try {
            Path real = file.toRealPath();
            Map<String, Object> unix = Files.readAttributes(real, "unix:size,lastModifiedTime,ctime,ino,dev");
            return Optional.of(new Known(
                    real.toString(),
                    (Long) unix.get("size"),
                    ((FileTime) unix.get("lastModifiedTime")).to(TimeUnit.NANOSECONDS),
                    ((FileTime) unix.get("ctime")).to(TimeUnit.NANOSECONDS),
                    unix.get("dev") + ":" + unix.get("ino"),
                    null));
        } catch (UnsupportedOperationException | IllegalArgumentException notUnix) {
            return Optional.empty();
        }
    }
}
