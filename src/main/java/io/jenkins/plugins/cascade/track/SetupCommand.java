package io.jenkins.plugins.cascade.track;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a command of an installation to its end, with its output in a log. */
final class SetupCommand {
    private static final int TAIL_CHARACTERS = 4000;

    private SetupCommand() {}

    /**
     * Runs it.
     *
     * @param failure beginning of the sentence that is thrown when it does not succeed
     * @throws IOException if it cannot start, takes too long or does not exit with 0
     */
    static void run(String failure, List<String> command, Path log, Duration atMost)
            throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new IOException(failure + ": " + e.getMessage() + ".", e);
        }
        try {
            if (!process.waitFor(atMost.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException(
                        failure + ": it did not end within " + atMost.toMinutes() + " minutes, see " + log + ".");
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new IOException(failure + ": " + lastLine(log) + " (exit code " + process.exitValue()
                    + ", all of it in " + log + ").");
        }
    }

    /** The last line that says something. */
    static String lastLine(Path log) throws IOException {
        String text = Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8) : "";
        String tail =
                text.substring(Math.max(0, text.length() - TAIL_CHARACTERS)).strip();
        return Answers.printable(tail.substring(tail.lastIndexOf('\n') + 1));
    }
}
