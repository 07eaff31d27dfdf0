package io.jenkins.plugins.cascade.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file under a temporary name in its folder and renames it, so that a reader sees all of it or what was before. */
final class RenamedFile {
    private static final long PID = ProcessHandle.current().pid();

    private RenamedFile() {}

    static void write(Path file, byte[] bytes) throws IOException {
        Path temporary = temporary(file);
        Files.write(temporary, bytes);
        into(temporary, file);
    }

    /** Where a file is written before it gets its name: not where another process would write it. */
    static Path temporary(Path file) {
        return file.resolveSibling("." + file.getFileName() + "." + PID + ".tmp");
    }

    /** Gives a file its name. */
    static void into(Path temporary, Path file) throws IOException {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
