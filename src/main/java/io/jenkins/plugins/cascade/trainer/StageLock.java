package io.jenkins.plugins.cascade.trainer;

import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The exclusive hold on a stage's directory; the system lets go of it when the process ends, however it ends. */
final class StageLock implements AutoCloseable {
    private final FileChannel channel;

    private StageLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws StageFailure {@code BUSY} when another trainer holds it, {@code CANNOT_WRITE} when the directory cannot be written
     */
    static StageLock take(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new StageFailure(ExitCode.BAD_INPUT, "There is no stage directory " + directory + ".");
        }
        Path file = directory.resolve(StageFiles.LOCK);
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new StageFailure(
                        ExitCode.BUSY,
                        "Another trainer is at work in " + directory + "; wait for it or ask it to stop.");
            }
            return new StageLock(channel);
        } catch (IOException e) {
            throw new StageFailure(
                    ExitCode.CANNOT_WRITE, file + " cannot be written (" + e + "); make the directory writable.", e);
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by a trainer in this very process
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
