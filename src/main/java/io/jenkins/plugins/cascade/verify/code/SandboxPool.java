package io.jenkins.plugins.cascade.verify.code;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** As many sandboxes as programs may run side by side, started when needed and replaced when they break. Thread-safe. */
final class SandboxPool implements AutoCloseable {

    private static final int FIRST_USER = 61_000;
    private static final double GRACE_SECONDS = 20;

    private final Semaphore free;
    private final Deque<Sandbox> idle = new ArrayDeque<>();
    private final AtomicInteger started = new AtomicInteger();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "sandbox-clock");
        thread.setDaemon(true);
        return thread;
    });
    private Path directory;
    private Path python;
    private volatile boolean closed;

    SandboxPool(int size) {
        this.free = new Semaphore(size);
    }

    /** What a job came to, and what held its program in. */
    record Outcome(JsonNode answer, List<String> isolation) {}

    /**
     * Runs a job in a free sandbox, waiting for one.
     *
     * @param seconds what the job itself may take
     */
    Outcome run(double seconds, JsonNode... frames) throws SandboxException, InterruptedException {
        free.acquire();
        Sandbox sandbox = null;
        boolean sound = false;
        try {
            sandbox = take();
            Outcome outcome = new Outcome(sandbox.run(seconds + GRACE_SECONDS, frames), sandbox.isolation());
            sound = true;
            return outcome;
        } finally {
            giveBack(sandbox, sound);
            free.release();
        }
    }

    private Sandbox take() throws SandboxException {
        synchronized (idle) {
            if (closed) {
                throw new SandboxException("The Python sandbox is closed.", false, null);
            }
            if (!idle.isEmpty()) {
                return idle.pop();
            }
            prepare();
        }
        int number = started.getAndIncrement();
        try {
            Path own = Files.createDirectory(directory.resolve("sandbox-" + number));
            return Sandbox.start(python, directory.resolve("sandbox.py"), own, FIRST_USER + 2 * (number % 1000), clock);
        } catch (IOException e) {
            throw new SandboxException("The directory of a Python sandbox cannot be made: " + e.getMessage(), false, e);
        }
    }

    private void giveBack(Sandbox sandbox, boolean sound) {
        if (sandbox == null) {
            return;
        }
        synchronized (idle) {
            if (sound && !closed) {
                idle.push(sandbox);
                return;
            }
        }
        sandbox.close();
    }

    /** Finds the interpreter and lays out the server's program; held by the monitor of {@link #idle}. */
    private void prepare() throws SandboxException {
        if (directory != null) {
            return;
        }
        try (InputStream script = SandboxPool.class.getResourceAsStream("sandbox.py")) {
            if (script == null) {
                throw new SandboxException(
                        "The program of the Python sandbox is missing from this build.", false, null);
            }
            python = interpreter();
            Path made = Files.createTempDirectory("cascade-verify");
            Files.copy(script, made.resolve("sandbox.py"), StandardCopyOption.REPLACE_EXISTING);
            directory = made;
        } catch (IOException e) {
            throw new SandboxException("The Python sandbox cannot be prepared: " + e.getMessage(), false, e);
        }
    }

    /** The real interpreter behind {@code python3}, which may be a wrapper script that needs the environment. */
    private static Path interpreter() throws IOException, SandboxException {
        Process process = new ProcessBuilder("python3", "-I", "-c", "import sys; print(sys.executable)")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(new File("/dev/null"))
                .start();
        String path = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (path.isEmpty()) {
            throw new SandboxException(
                    "There is no working 'python3' on the PATH; the code verifier needs Python 3.9 or later.",
                    false,
                    null);
        }
        return Path.of(path);
    }

    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
            idle.forEach(Sandbox::close);
            idle.clear();
            clock.shutdownNow();
            delete();
        }
    }

    private void delete() {
        if (directory == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> {
                if (!file.delete()) {
                    file.deleteOnExit();
                }
            });
        } catch (IOException e) {
            directory.toFile().deleteOnExit();
        }
    }
}
