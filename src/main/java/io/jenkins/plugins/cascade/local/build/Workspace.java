package io.jenkins.plugins.cascade.local.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder that keeps the builds, {@code builds/N/log} and {@code builds/N/build.json}; held by one run at a time. */
public final class Workspace implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String RECORD = "build.json";

    private final Path root;
    private final FileChannel channel;
    private final FileLock lock;

    private Workspace(Path root, FileChannel channel, FileLock lock) {
        this.root = root;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the folder; it is created if it is missing.
     *
     * @throws WorkspaceException if it cannot be written, or another run holds it
     */
    public static Workspace open(Path root) throws WorkspaceException {
        FileChannel channel = null;
        try {
            Files.createDirectories(root.resolve("builds"));
            channel = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new Workspace(root, channel, lock);
            }
            channel.close();
        } catch (OverlappingFileLockException e) {
            closeAfter(channel, e);
        } catch (IOException e) {
            closeAfter(channel, e);
            throw new WorkspaceException(
                    "The workspace " + root + " cannot be written: give a folder that you may write with --workspace ("
                            + e + ")",
                    e);
        }
        throw new WorkspaceException("Another run holds the workspace " + root
                + ": wait for its end, or give another folder with --workspace");
    }

    private static void closeAfter(FileChannel channel, Exception failure) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** The folder. */
    public Path root() {
        return root;
    }

    /** The folder of a build. */
    public Path folder(int number) {
        return root.resolve("builds").resolve(Integer.toString(number));
    }

    /**
     * Begins a build.
     *
     * @return its number, one more than the highest so far
     */
    public int begin() throws IOException {
        int number = numbers().stream().findFirst().orElse(0) + 1;
        Files.createDirectories(folder(number));
        return number;
    }

    /** Keeps the record of a build that has ended. */
    public void complete(BuildRecord ended) throws IOException {
        Path file = folder(ended.number()).resolve(RECORD);
        Path temporary = file.resolveSibling(RECORD + ".tmp");
        Files.write(temporary, JSON.writeValueAsBytes(ended));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * The newest build of a Jenkinsfile that has ended; one that was killed has no record and is passed over.
     *
     * @param jenkinsfile its path from the root of the checkout
     */
    public Optional<BuildRecord> previous(String jenkinsfile) throws IOException {
        for (int number : numbers()) {
            Path file = folder(number).resolve(RECORD);
            if (Files.exists(file)) {
                BuildRecord found = read(file);
                if (found.jenkinsfile().equals(jenkinsfile)) {
                    return Optional.of(found);
                }
            }
        }
        return Optional.empty();
    }

    private static BuildRecord read(Path file) throws IOException {
        try {
            return JSON.readValue(file.toFile(), BuildRecord.class);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    file + " is not the record of a build: delete it (" + e.getOriginalMessage() + ")", e);
        }
    }

    private List<Integer> numbers() throws IOException {
        try (Stream<Path> folders = Files.list(root.resolve("builds"))) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.matches("[1-9][0-9]{0,8}"))
                    .map(Integer::valueOf)
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
