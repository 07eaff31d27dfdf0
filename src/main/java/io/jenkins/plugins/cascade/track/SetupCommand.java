package io.jenkins.plugins.cascade.track;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Runs a command of an installation to its end, with its output in a log. */
final class SetupCommand {
    private static final int TAIL_BYTES = 8000;
    /** A line about an error, other than SQLAlchemy's reference to its documentation. */
    private static final Pattern ERROR =
            Pattern.compile("^(?!\\(Background on this error).*error", Pattern.CASE_INSENSITIVE);

    private SetupCommand() {}

    /**
     * Runs it.
     *
     * @param failure beginning of the sentence that is thrown when it does not succeed
     * @throws IOException if it cannot start, takes too long or does not exit with 0
     */
    static void run(String failure, List<String> command, Path log, Duration atMost)
            throws IOException, InterruptedException {
        long before = size(log);
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
            throw new IOException(failure + ": " + reason(log, before) + " (exit code " + process.exitValue()
                    + ", all of it in " + log + ").");
        }
    }

    /** What of a log, from a byte on, most likely says what went wrong: the last line about an error, or the last. */
    static String reason(Path log, long from) throws IOException {
        String tail = "";
        if (Files.exists(log)) {
            try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
                file.seek(Math.max(from, file.length() - TAIL_BYTES));
                byte[] bytes = new byte[(int) Math.max(0, file.length() - file.getFilePointer())];
                file.readFully(bytes);
                tail = new String(bytes, StandardCharsets.UTF_8).strip();
            }
        }
        List<String> lines = tail.lines().toList();
        String line = lines.stream()
                .filter(candidate -> ERROR.matcher(candidate).find())
                .reduce((earlier, later) -> later)
                .orElseGet(() -> lines.isEmpty() ? "" : lines.get(lines.size() - 1));
        return Answers.printable(line);
    }

    static long size(Path log) throws IOException {
        return Files.exists(log) ? Files.size(log) : 0;
    }
}
