package io.jenkins.plugins.cascade.track;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The journal opened for appending, by one process at a time. The lock is on a file of its own because closing any
 * other descriptor of a locked file would release the lock (POSIX fcntl). The file is not a channel because an
 * interrupted thread would close that, and the last words of a run are written by interrupted threads.
 */
final class JournalFile implements Closeable {
    private final Path path;
    private final FileChannel lockChannel;
    private final RandomAccessFile file;

    private JournalFile(Path path, FileChannel lockChannel, RandomAccessFile file) {
        this.path = path;
        this.lockChannel = lockChannel;
        this.file = file;
    }

    /**
     * Opens or creates the file and cuts off a last line that a crash left without its end.
     *
     * @throws IOException if the file cannot be written or another writer has it
     */
    static JournalFile open(Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        FileChannel lockChannel = FileChannel.open(
                path.resolveSibling(path.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock(path, lockChannel);
            cutTornLine(path);
            return new JournalFile(path, lockChannel, new RandomAccessFile(path.toFile(), "rw"));
        } catch (IOException e) {
            lockChannel.close();
            throw e;
        }
    }

    private static void lock(Path path, FileChannel lockChannel) throws IOException {
        FileLock lock;
        try {
            lock = lockChannel.tryLock();
        } catch (OverlappingFileLockException inThisProcess) {
            lock = null;
        }
        if (lock == null) {
            throw new IOException(path + " is being written by a cascade that still runs; wait for it or stop it.");
        }
    }

    private static void cutTornLine(Path path) throws IOException {
        if (Files.notExists(path)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = channel.size();
            ByteBuffer one = ByteBuffer.allocate(1);
            while (end > 0) {
                one.clear();
                channel.read(one, end - 1);
                if (one.get(0) == '\n') {
                    break;
                }
                end--;
            }
            channel.truncate(end);
        }
    }

    Path path() {
        return path;
    }

    /** Appends one line, or nothing; after this it survives the end of the process, and after {@link #sync} that of the machine. */
    void append(JournalEntry entry) throws IOException {
        byte[] line = JournalFormat.line(entry);
        if (line.length > JournalFormat.MAX_LINE_BYTES) {
            throw new IOException("an entry of " + line.length + " bytes is over the limit of "
                    + JournalFormat.MAX_LINE_BYTES + " bytes");
        }
        long before = file.length();
        try {
            file.seek(before);
            file.write(line);
        } catch (IOException e) {
            file.setLength(before);
            throw e;
        }
    }

    void sync() throws IOException {
        file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        try (lockChannel) {
            file.close();
        }
    }
}
