package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.ContentKey;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.recipe.StageStatus;
import io.jenkins.plugins.cascade.recipe.TrainerResult;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * The directory of one stage, which is all that its follower and its trainer share.
 *
 * @param path absolute path
 */
public record StageDirectory(Path path) {
    private static final int MOST_SPEC = 4 << 20;
    private static final int MOST_STATUS = 1 << 16;
    private static final int MOST_RESULT = 1 << 20;

    /** What the trainer was last told; empty where there is no specification or it cannot be read any more. */
    public Optional<StageSpec> spec() {
        try {
            return UntrustedFile.read(path.resolve(StageFiles.SPEC), MOST_SPEC, StageSpec.class);
        } catch (StageException unreadable) {
            return Optional.empty();
        }
    }

    /** Whether this is the directory of the stage with that key. */
    public boolean holds(String key) {
        return spec().map(spec -> ContentKey.of(spec).equals(key)).orElse(false);
    }

    /** Where the follower left it; empty where it never did. */
    Optional<StageState> state() {
        try {
            return UntrustedFile.read(path.resolve(StageState.FILE), MOST_STATUS, StageState.class);
        } catch (StageException unreadable) {
            return Optional.empty();
        }
    }

    /** Where the trainer stands; empty before it wrote anything readable. */
    public Optional<StageStatus> status() {
        try {
            return UntrustedFile.read(path.resolve(StageFiles.STATUS), MOST_STATUS, StageStatus.class);
        } catch (StageException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * What a finished trainer left; empty where none finished.
     *
     * @throws StageException when it is there and is not a result
     */
    Optional<TrainerResult> result() throws StageException {
        return UntrustedFile.read(path.resolve(StageFiles.RESULT), MOST_RESULT, TrainerResult.class);
    }

    /** Whether a trainer wrote a result, readable or not. */
    public boolean finished() {
        return Files.exists(path.resolve(StageFiles.RESULT), LinkOption.NOFOLLOW_LINKS);
    }

    /** Makes the directory ready for a trainer: specification in place, lease fresh, no request to stop. */
    public void prepare(StageSpec spec) throws StageException {
        try {
            Files.createDirectories(path);
            Files.deleteIfExists(path.resolve(StageFiles.STOP));
            replace(StageFiles.SPEC, CanonicalJson.bytes(spec));
            renewLease();
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** Remembers where the follower left the stage. */
    void remember(StageState state) throws StageException {
        try {
            replace(StageState.FILE, CanonicalJson.bytes(state));
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** Shows the trainer that somebody follows it. */
    public void renewLease() throws IOException {
        Path lease = path.resolve(StageFiles.LEASE);
        if (!Files.exists(lease)) {
            Files.createFile(lease);
        }
        Files.setLastModifiedTime(lease, FileTime.fromMillis(System.currentTimeMillis()));
    }

    /** Asks the trainer for a checkpoint and an end. */
    public void requestStop() throws IOException {
        Path stop = path.resolve(StageFiles.STOP);
        if (!Files.exists(stop)) {
            Files.createFile(stop);
        }
    }

    /** Whether a trainer lives: it holds an exclusive lock as long as it does. */
    public boolean locked() throws StageException {
        try (FileChannel channel =
                FileChannel.open(path.resolve(StageFiles.LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            try (FileLock lock = channel.tryLock()) {
                return lock == null;
            }
        } catch (NoSuchFileException never) {
            return false;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return true;
        } catch (IOException e) {
            throw new StageException("The lock in " + path + " cannot be looked at: " + e.getMessage(), e);
        }
    }

    private void replace(String name, byte[] bytes) throws IOException {
        RenamedFile.write(path.resolve(name), bytes);
    }

    private StageException cannotWrite(IOException e) {
        return new StageException(
                "The stage's directory " + path + " cannot be written, because the disk is full or read-only ("
                        + e.getClass().getSimpleName() + ": " + e.getMessage() + ")",
                e);
    }
}
