package io.jenkins.plugins.cascade.trainer;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.jenkins.plugins.cascade.recipe.StageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A trainer as a real child process. */
final class TrainerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path directory;
    private final Process process;

    private TrainerProcess(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    static TrainerProcess start(Path directory) throws IOException {
        return start(directory, "exec \"$@\"");
    }

    /** Starts it from a shell whose script ends in {@code exec "$@"}. */
    static TrainerProcess start(Path directory, String script) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx400m", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.add(directory.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve(StageFiles.LOG).toFile()))
                .start();
        return new TrainerProcess(directory, process);
    }

    Process process() {
        return process;
    }

    /** Waits until the events, as text, are as wanted. */
    void awaitEvents(Predicate<String> wanted) throws IOException {
        Path events = directory.resolve(StageFiles.EVENTS);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!(Files.exists(events) && wanted.test(Files.readString(events)))) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                fail("The trainer did not come that far: " + log());
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    int exitCode() throws InterruptedException {
        assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), "The trainer does not end.");
        return process.exitValue();
    }

    String log() throws IOException {
        return Files.readString(directory.resolve(StageFiles.LOG));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
