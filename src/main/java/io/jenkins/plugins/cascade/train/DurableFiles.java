package io.jenkins.plugins.cascade.train;

import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files and folders that are on disk whole or not at all, also after a power cut. Failures end the stage as {@code CANNOT_WRITE}. */
public final class DurableFiles {
    private DurableFiles() {}

    /** What fills a folder. */
    @FunctionalInterface
    public interface Writer {
        /** Writes into the given empty folder. */
        void write(Path folder) throws IOException;
    }

    /** Replaces a file: temporary name, sync, rename. */
    public static void replaceFile(Path file, byte[] bytes) {
        Path temporary = temporary(file);
        guarded(file, () -> {
            Files.write(temporary, bytes);
            sync(temporary);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(file.toAbsolutePath().getParent());
        });
    }

    /** Replaces a folder: filled under a temporary name, every file synced, renamed. An unfinished one is removed. */
    public static void replaceFolder(Path folder, Writer writer) {
        Path temporary = temporary(folder);
        boolean finished = false;
        try {
            guarded(folder, () -> {
                delete(temporary);
                Files.createDirectories(temporary);
                writer.write(temporary);
                for (Path path : tree(temporary)) {
                    sync(path);
                }
                delete(folder);
                Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
                sync(folder.toAbsolutePath().getParent());
            });
            finished = true;
        } finally {
            if (!finished) {
                deleteQuietly(temporary);
            }
        }
    }

    /** Removes a folder and all that is in it, if it is there. */
    public static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path path : tree(folder)) {
                Files.delete(path);
            }
        }
    }

    /** All files and folders below a folder and itself, children before their folder. */
    private static List<Path> tree(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.sorted(Comparator.reverseOrder()).toList();
        }
    }

    /** Runs something that writes; a failure to write becomes a sentence that names the place. */
    public static void guarded(Path place, Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw cannotWrite(place, e);
        } catch (UncheckedIOException e) {
            throw cannotWrite(place, e.getCause());
        } catch (StageFailure e) {
            throw e;
        } catch (RuntimeException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cannotWrite(place, cause);
            }
            throw e;
        }
    }

    /** Something that writes. */
    @FunctionalInterface
    public interface Writing {
        /** Writes. */
        void run() throws IOException;
    }

    private static StageFailure cannotWrite(Path place, IOException cause) {
        return new StageFailure(
                ExitCode.CANNOT_WRITE,
                place + " cannot be written (" + cause + "); free space or make it writable, then resume.",
                cause);
    }

    private static Path temporary(Path target) {
        return target.resolveSibling("." + target.getFileName() + ".tmp");
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** The failure that is on its way says more than one met while cleaning up. */
    private static void deleteQuietly(Path folder) {
        try {
            delete(folder);
        } catch (IOException e) {
            System.getLogger(DurableFiles.class.getName())
                    .log(System.Logger.Level.WARNING, "{0} could not be removed: {1}", folder, e);
        }
    }
}
