package io.jenkins.plugins.cascade.stage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes copies on the controller. What goes wrong there is the stage's failure, told in one sentence, and never taken for an agent that
 * is away.
 */
final class LocalOutput {
    private LocalOutput() {}

    static OutputStream to(Path file) throws StageException {
        try {
            return Files.newOutputStream(file);
        } catch (IOException e) {
            throw failed(file.toString(), e);
        }
    }

    static void write(OutputStream out, byte[] bytes) throws StageException {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw failed("a copy of the agent's files", e);
        }
    }

    static void rename(Path temporary, Path file) throws StageException {
        try {
            RenamedFile.into(temporary, file);
        } catch (IOException e) {
            throw failed(file.toString(), e);
        }
    }

    static void write(Path file, byte[] bytes) throws StageException {
        try {
            RenamedFile.write(file, bytes);
        } catch (IOException e) {
            throw failed(file.toString(), e);
        }
    }

    static StageException failed(String what, IOException e) {
        return new StageException(
                "The controller cannot write " + what + " (" + e.getClass().getSimpleName() + ": " + e.getMessage()
                        + ")",
                e);
    }
}
