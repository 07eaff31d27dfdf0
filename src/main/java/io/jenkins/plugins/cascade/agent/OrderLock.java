package io.jenkins.plugins.cascade.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Shows that a process works on an order: an exclusive lock in the order's folder, which ends with the process however that ends. */
final class OrderLock implements AutoCloseable {
    private static final String FILE = "running";

    private final FileChannel channel;

    private OrderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Holds the lock. A second process of the same order, which waits for the first one, goes on without it.
     *
     * @param folder the order's folder
     * @throws IOException when the folder cannot be written
     */
    static OrderLock hold(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        channel.tryLock();
        return new OrderLock(channel);
    }

    /** Whether a process works on the order. */
    static boolean held(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return true;
        } catch (NoSuchFileException removedMeanwhile) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
