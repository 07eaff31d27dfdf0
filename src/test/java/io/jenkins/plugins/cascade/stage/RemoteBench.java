package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.report.StageRecord;
import io.jenkins.plugins.cascade.track.Tracker;
import io.jenkins.plugins.cascade.track.TrackingEnvironment;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A controller and an agent in two folders of this machine. The agent's process is a real child process; a restart of the controller is a
 * session that is forgotten and reopened.
 */
final class RemoteBench implements AutoCloseable {
    final Path agent;
    final Path controller;
    final Bench bench;
    final StageSite site;
    private final AtomicInteger builds = new AtomicInteger();
    private final AtomicInteger attempts = new AtomicInteger();
    private final List<Process> processes = new ArrayList<>();
    private Tracker tracker;
    private CascadeSession session;

    RemoteBench(Path folder) throws Exception {
        agent = Files.createDirectories(folder.resolve("agent"));
        controller = Files.createDirectories(folder.resolve("controller"));
        bench = new Bench(agent);
        site = new FolderSite(root());
        nextBuild();
    }

    Path root() {
        return agent.resolve(".cascade");
    }

    /** The folder of the build on the controller. */
    Path build() {
        return controller.resolve(builds + "/cascade");
    }

    CascadeSession session() {
        return session;
    }

    void nextBuild() throws Exception {
        builds.incrementAndGet();
        restart();
    }

    /** The controller is another process now and knows what it left on its disk. */
    void restart() throws Exception {
        if (tracker != null) {
            tracker.close();
        }
        tracker = Tracker.reopen(build().resolve("journal.jsonl"), TrackingEnvironment.none());
        session = CascadeSession.reopen(
                CascadeOptions.onController(build(), "job", builds.get()).withPatience(Duration.ofSeconds(5), 30),
                tracker);
    }

    String newAttempt() {
        return "attempt-" + attempts.incrementAndGet();
    }

    RemoteStage stage(StageRequest request) throws StageException {
        return stage(request, newAttempt());
    }

    RemoteStage stage(StageRequest request, String attempt) throws StageException {
        return session.remote(request, bench, attempt);
    }

    /** Starts the agent's process for a stage's order. */
    Process start(RemoteStage stage) throws Exception {
        stage.send(site);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                FakeAgent.class.getName(),
                root().toString(),
                stage.orderPath());
        File log = agent.resolve("process.log").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().putAll(bench.environment);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** Follows until the process has ended. */
    OptionalInt follow(RemoteStage stage, Process process) throws Exception {
        do {
            stage.follow(site);
        } while (!process.waitFor(20, TimeUnit.MILLISECONDS));
        return OptionalInt.of(process.exitValue());
    }

    /** A stage from its order to its record. */
    StageRecord run(StageRequest request) throws Exception {
        return run(stage(request));
    }

    StageRecord run(RemoteStage stage) throws Exception {
        Optional<StageRecord> record = Optional.empty();
        while (record.isEmpty()) {
            record = stage.finish(site, follow(stage, start(stage)), false);
        }
        return record.get();
    }

    /** Follows until so many lines of events are in the controller's copy. */
    void followTo(RemoteStage stage, String name, int lines) throws Exception {
        Bench.until(() -> {
            try {
                stage.follow(site);
                return events(name).size() >= lines;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    /** The controller's copy of a stage's events. */
    List<String> events(String name) throws IOException {
        Optional<Path> copy = copy(name).map(folder -> folder.resolve("events.jsonl"));
        return copy.isPresent() && Files.exists(copy.get()) ? Files.readAllLines(copy.get()) : List.of();
    }

    /** Where the controller keeps the copy of a stage's files. */
    Optional<Path> copy(String name) throws IOException {
        Path stages = build().resolve("stages");
        if (!Files.exists(stages)) {
            return Optional.empty();
        }
        try (var folders = Files.list(stages)) {
            return folders.filter(folder -> folder.getFileName().toString().endsWith("-" + name))
                    .findFirst();
        }
    }

    /** Lines of the build's journal that hold a text. */
    List<String> journal(String text) throws IOException {
        return Files.readAllLines(build().resolve("journal.jsonl")).stream()
                .filter(line -> line.contains(text))
                .toList();
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        tracker.close();
        bench.close();
    }
}
