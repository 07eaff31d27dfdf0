package io.jenkins.plugins.cascade.trainer.libtorch;

import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder where the Deep Java Library keeps unpacked libtorchs, shared by all processes of a user. A libtorch is unpacked under a
 * temporary name and renamed, so that another process sees the whole of it or nothing.
 */
final class LibtorchCache {
    private static final String TEMPORARY = "cascade-libtorch-";

    /** Unpacking takes seconds and a download minutes: what is older was left by a process that was killed. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final LibtorchArchive archive;
    private final Path folder;
    private final PrintStream log;

    LibtorchCache(LibtorchArchive archive, Path folder, PrintStream log) {
        this.archive = archive;
        this.folder = folder;
        this.log = log;
    }

    Path folder() {
        return folder;
    }

    /** The folder of the libtorch that is there. */
    Optional<Path> find() {
        try (Stream<Path> folders = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            return folders.filter(archive::isIn).max(Comparator.naturalOrder());
        } catch (IOException | UncheckedIOException e) {
            throw new StageFailure(ExitCode.BAD_INPUT, folder + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /** Unpacks an archive on this machine. */
    Path unpack(Path jar) {
        log.println("Unpacking libtorch " + archive.version() + " into " + folder + "; this is done once.");
        return fill(temporary -> unpack(jar, temporary, jar + ", delete it and get it again"));
    }

    /** Downloads an archive and unpacks it. */
    Path download(MavenRepository repository) {
        log.println("Downloading libtorch " + archive.version() + " from " + repository + " into " + folder
                + "; this is done once.");
        return fill(temporary -> {
            Path jar = folder.resolve(temporary.getFileName() + ".jar");
            try {
                repository.download(archive.repositoryPath(), jar);
                unpack(jar, temporary, repository + ", use another repository");
            } finally {
                Files.deleteIfExists(jar);
            }
        });
    }

    /** Puts the libraries into a folder that is empty. */
    private interface Filling {
        void into(Path temporary) throws IOException;
    }

    private Path fill(Filling filling) {
        try {
            Files.createDirectories(folder);
            removeAbandoned();
            Path temporary = Files.createTempDirectory(folder, TEMPORARY);
            try {
                filling.into(temporary);
                return publish(temporary);
            } finally {
                delete(temporary);
            }
        } catch (IOException e) {
            throw new StageFailure(
                    ExitCode.CANNOT_WRITE,
                    "libtorch " + archive.version() + " could not be unpacked into " + folder + " ("
                            + e.getClass().getSimpleName() + ": " + e.getMessage()
                            + "); it needs 500 MB there.",
                    e);
        }
    }

    private void unpack(Path jar, Path temporary, String origin) throws IOException {
        String found;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(jar))) {
            found = archive.unpack(in, temporary);
        }
        if (!found.equals(archive.sha256())) {
            throw new StageFailure(
                    ExitCode.BAD_INPUT,
                    "The SHA-256 of libtorch's archive is " + found + " where " + archive.sha256()
                            + " was published; it comes from " + origin + ".");
        }
    }

    private Path publish(Path temporary) throws IOException {
        Path target = folder.resolve(archive.folderName());
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!archive.isIn(target)) { // else another process was first, with the same files
                throw e;
            }
        }
        return target;
    }

    private void removeAbandoned() throws IOException {
        FileTime limit = FileTime.from(Instant.now().minus(ABANDONED));
        List<Path> abandoned;
        try (Stream<Path> children = Files.list(folder)) {
            abandoned = children.filter(child -> child.getFileName().toString().startsWith(TEMPORARY))
                    .toList();
        }
        for (Path child : abandoned) {
            if (olderThan(limit, child)) {
                delete(child);
            }
        }
    }

    private static boolean olderThan(FileTime limit, Path child) throws IOException {
        try {
            return Files.getLastModifiedTime(child).compareTo(limit) < 0;
        } catch (NoSuchFileException published) {
            return false;
        }
    }

    /** Deletes a file, or a folder of files. */
    private static void delete(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            List<Path> children;
            try (Stream<Path> list = Files.list(path)) {
                children = list.toList();
            }
            for (Path child : children) {
                Files.deleteIfExists(child);
            }
        }
        Files.deleteIfExists(path);
    }
}
