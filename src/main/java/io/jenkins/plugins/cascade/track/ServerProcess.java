package io.jenkins.plugins.cascade.track;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A server that outlives its starter, as {@code server.json} remembers it.
 *
 * @param pid its process
 * @param started when that began, in milliseconds since 1970: process numbers are used again
 * @param port where it listens
 */
record ServerProcess(long pid, long started, int port) {
    private static final JsonMapper JSON = new JsonMapper();
    /** The kernel counts from the boot, whose time moves when the clock is set. */
    private static final long CLOCK_SLACK_MILLIS = 2000;

    static ServerProcess of(ProcessHandle handle, int port) {
        return new ServerProcess(handle.pid(), startMillis(handle), port);
    }

    static Optional<ServerProcess> load(Path folder) throws IOException {
        Path file = folder.resolve("server.json");
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readString(file), ServerProcess.class));
        } catch (JsonProcessingException damaged) {
            return Optional.empty();
        }
    }

    void save(Path folder) throws IOException {
        Path temporary = folder.resolve("server.json.tmp");
        Files.writeString(temporary, JSON.writeValueAsString(this));
        Files.move(
                temporary,
                folder.resolve("server.json"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static long startMillis(ProcessHandle handle) {
        return handle.info()
                .startInstant()
                .map(instant -> instant.toEpochMilli())
                .orElse(0L);
    }

    private Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(found -> Math.abs(startMillis(found) - started) <= CLOCK_SLACK_MILLIS);
    }

    @JsonIgnore
    boolean isAlive() {
        return handle().isPresent();
    }

    /** The process and those it started, children first; empty when it has ended. */
    List<ProcessHandle> tree() {
        return handle().map(parent ->
                        Stream.concat(parent.descendants(), Stream.of(parent)).toList())
                .orElse(List.of());
    }

    void kill() {
        tree().forEach(ProcessHandle::destroyForcibly);
    }

    void stop(Duration atMost) throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>(tree());
        all.forEach(ProcessHandle::destroy);
        CompletableFuture<?> ends =
                CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
        try {
            ends.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stubborn) {
            all.forEach(ProcessHandle::destroyForcibly);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The end of a process could not be waited for.", e);
        }
    }
}
