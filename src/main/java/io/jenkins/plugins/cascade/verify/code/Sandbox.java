package io.jenkins.plugins.cascade.verify.code;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One {@code sandbox.py} server process: takes one job at a time and is killed when it does not answer. Not thread-safe. */
final class Sandbox implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_ANSWER = 256 << 20;
    private static final double START_SECONDS = 60;

    private final Process process;
    private final DataOutputStream requests;
    private final DataInputStream answers;
    private final ScheduledExecutorService clock;
    private final List<String> isolation;

    private Sandbox(Process process, ScheduledExecutorService clock) throws SandboxException {
        this.process = process;
        this.clock = clock;
        this.requests = new DataOutputStream(process.getOutputStream());
        this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        JsonNode hello = answer(START_SECONDS);
        this.isolation = JSON.convertValue(
                hello.get("isolation"), JSON.getTypeFactory().constructCollectionType(List.class, String.class));
    }

    /**
     * Starts a server.
     *
     * @param command the interpreter and the server's program
     * @param packages directories of installed Python packages that programs may import
     * @param namespaces whether it uses namespaces where the machine has them
     * @param directory an empty directory of its own
     * @param user the user number its programs run under where the server runs as root
     * @param clock ends servers that do not answer
     */
    static Sandbox start(
            List<String> command,
            List<String> packages,
            boolean namespaces,
            Path directory,
            int user,
            ScheduledExecutorService clock)
            throws SandboxException {
        List<String> arguments = new ArrayList<>(command);
        arguments.add(directory.toString());
        arguments.add(String.valueOf(user));
        arguments.add(namespaces ? "namespaces" : "limits");
        arguments.addAll(packages);
        ProcessBuilder builder = new ProcessBuilder(arguments);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", "/usr/bin:/bin", "LANG", "C.UTF-8"));
        builder.redirectError(ProcessBuilder.Redirect.to(
                directory.resolveSibling(directory.getFileName() + ".log").toFile()));
        Process process = null;
        try {
            process = builder.directory(directory.toFile()).start();
            return new Sandbox(process, clock);
        } catch (IOException | SandboxException e) {
            if (process != null) {
                process.destroyForcibly();
            }
            throw new SandboxException(
                    "The Python sandbox did not start: " + e.getMessage() + log(directory), false, e);
        }
    }

    /** Whether the server still runs. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** What holds programs in: read out with every verdict. */
    List<String> isolation() {
        return isolation;
    }

    /**
     * Runs a job.
     *
     * @param seconds how long the server may take before it is ended
     * @param frames the job and, for assertions, the test code
     */
    JsonNode run(double seconds, JsonNode... frames) throws SandboxException {
        try {
            for (JsonNode frame : frames) {
                byte[] body = JSON.writeValueAsBytes(frame);
                requests.writeInt(body.length);
                requests.write(body);
            }
            requests.flush();
        } catch (IOException e) {
            throw new SandboxException("The Python sandbox has ended.", false, e);
        }
        return answer(seconds);
    }

    private JsonNode answer(double seconds) throws SandboxException {
        AtomicBoolean late = new AtomicBoolean();
        ScheduledFuture<?> alarm = clock.schedule(
                () -> {
                    late.set(true);
                    process.destroyForcibly();
                },
                (long) (seconds * 1000),
                TimeUnit.MILLISECONDS);
        try {
            int size = answers.readInt();
            if (size < 0 || size > MAX_ANSWER) {
                throw new IOException("an answer of " + size + " bytes");
            }
            return JSON.readTree(answers.readNBytes(size));
        } catch (IOException e) {
            String how = late.get()
                    ? "did not answer within " + seconds + " seconds."
                    : "broke off: " + e.getMessage() + ".";
            throw new SandboxException("The Python sandbox " + how, late.get(), e);
        } finally {
            alarm.cancel(false);
        }
    }

    private static String log(Path directory) {
        try {
            Path log = directory.resolveSibling(directory.getFileName() + ".log");
            String text = Files.isReadable(log) ? Files.readString(log).strip() : "";
            return text.isEmpty() ? "" : " (" + text.substring(text.lastIndexOf('\n') + 1) + ")";
        } catch (IOException e) {
            return " (its log cannot be read: " + e.getMessage() + ")";
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
