package io.jenkins.plugins.cascade.local.step;

import io.jenkins.plugins.cascade.local.build.StepContext;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A running script, in a process group of its own where the system has {@code setsid}, so that all of it can be stopped. */
final class ShellProcess {
    /** What a script may use to clean up before it is killed. */
    private static final Duration GRACE = Duration.ofSeconds(10);
    /** Java waits slowly for processes that are not its own children, so they are looked at instead. */
    private static final long POLL_MILLIS = 20;
    /** How long a process left in the background may hold the output open. */
    private static final Duration LEFT_OPEN = Duration.ofSeconds(2);

    private final Process process;
    private final boolean ownGroup;
    private final CompletableFuture<Integer> exit;
    private final List<CompletableFuture<Void>> pumps = new ArrayList<>();
    private final ByteArrayOutputStream captured = new ByteArrayOutputStream();

    private ShellProcess(Process process, boolean ownGroup) {
        this.process = process;
        this.ownGroup = ownGroup;
        this.exit = process.onExit().thenApply(Process::exitValue);
    }

    static ShellProcess start(List<String> command, StepContext context, boolean capture) throws IOException {
        boolean setsid = onPath("setsid", context.environment());
        List<String> words = new ArrayList<>(command);
        if (setsid) {
            words.add(0, "setsid");
        }
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(context.directory().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(!capture);
        builder.environment().clear();
        builder.environment().putAll(context.environment());
        builder.environment().put("PWD", context.directory().toString());
        ShellProcess started = new ShellProcess(builder.start(), setsid);
        started.pump(started.process.getInputStream(), capture ? started.captured : context.console());
        if (capture) {
            started.pump(started.process.getErrorStream(), context.console());
        }
        return started;
    }

    /** Completes with the exit status. */
    CompletableFuture<Integer> exit() {
        return exit;
    }

    /** What was captured. */
    String capturedText(Charset charset) {
        return captured.toString(charset);
    }

    /** Asks every process of the script to end, and kills what is left after the grace. */
    void stop() throws IOException, InterruptedException {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        signal("TERM", all);
        long deadline = System.nanoTime() + GRACE.toNanos();
        while (all.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        all.forEach(ProcessHandle::destroyForcibly);
        signal("KILL", all);
        process.waitFor();
    }

    private void signal(String name, List<ProcessHandle> all) throws IOException, InterruptedException {
        if (ownGroup) {
            new ProcessBuilder("kill", "-" + name, "--", "-" + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } else if (name.equals("TERM")) {
            all.forEach(ProcessHandle::destroy);
        }
    }

    /** Waits for the last of the output, but not for a process that was left in the background. */
    void finishOutput() throws InterruptedException, ExecutionException {
        try {
            CompletableFuture.allOf(pumps.toArray(CompletableFuture[]::new))
                    .get(LEFT_OPEN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            pumps.forEach(pump -> pump.cancel(false));
        }
    }

    private void pump(InputStream from, OutputStream to) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        copy(from, to);
                        done.complete(null);
                    } catch (IOException e) {
                        done.completeExceptionally(e);
                    }
                },
                "sh-output");
        thread.setDaemon(true);
        thread.start();
        pumps.add(done);
    }

    private void copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[8192];
        int last = '\n';
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            to.write(buffer, 0, read);
            to.flush();
            last = read > 0 ? buffer[read - 1] : last;
        }
        if (last != '\n' && to != captured) {
            to.write('\n');
        }
    }

    private static boolean onPath(String program, Map<String, String> environment) {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
