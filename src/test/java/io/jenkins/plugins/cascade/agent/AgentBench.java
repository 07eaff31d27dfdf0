package io.jenkins.plugins.cascade.agent;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.OptimizerSettings;
import io.jenkins.plugins.cascade.recipe.SamplingSettings;
import io.jenkins.plugins.cascade.recipe.Schedule;
import io.jenkins.plugins.cascade.recipe.SftSettings;
import io.jenkins.plugins.cascade.recipe.StageEvent;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.stage.BenchmarkRequest;
import io.jenkins.plugins.cascade.stage.DataRequest;
import io.jenkins.plugins.cascade.stage.OrderFiles;
import io.jenkins.plugins.cascade.stage.ParentStage;
import io.jenkins.plugins.cascade.stage.PreparedStage;
import io.jenkins.plugins.cascade.stage.Reaction;
import io.jenkins.plugins.cascade.stage.StageOrder;
import io.jenkins.plugins.cascade.stage.StageRequest;
import io.jenkins.plugins.cascade.trainer.TinyModel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An agent's workspace with a tiny model, orders in its store, and the agent's processes. */
final class AgentBench implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    final Path workspace;
    final Path root;
    private final List<Process> processes = new ArrayList<>();

    AgentBench(Path workspace) throws IOException {
        this.workspace = workspace;
        this.root = workspace.resolve(".cascade");
        TinyModel.write(workspace.resolve("model"));
        Files.writeString(
                workspace.resolve("sft.jsonl"),
                lines(i -> "{\"messages\":[{\"role\":\"user\",\"content\":\"copy " + i
                        + "\"},{\"role\":\"assistant\",\"content\":\"" + i + "\"}]}"));
        Files.writeString(
                workspace.resolve("items.jsonl"),
                lines(i -> "{\"id\":\"" + i + "\",\"prompt\":\"copy " + i
                        + "\",\"verifier\":{\"type\":\"math\",\"answer\":\"" + i + "\"}}"));
    }

    private static String lines(java.util.function.IntFunction<String> line) {
        return IntStream.range(0, 10).mapToObj(i -> line.apply(i) + "\n").collect(Collectors.joining());
    }

    /** Fine-tuning of so many steps, evaluated on ten items. */
    StageRequest sft(int steps) {
        OptimizerSettings optimizer = new OptimizerSettings(5e-3, 0.1, 2, Schedule.LINEAR, 0.9, 0.95, 1e-8, 0.1, 1);
        return new StageRequest(
                StageKind.SFT,
                "sft",
                null,
                "model",
                null,
                List.of(new DataRequest(DataRole.SFT, "sft.jsonl")),
                new SftSettings(optimizer, steps, 8, 32, 4, 1_000_000),
                List.of(new BenchmarkRequest("copying", "items.jsonl", 2, new SamplingSettings(1, 1, 0, 3))),
                null,
                List.of(),
                Reaction.FAIL,
                Reaction.FAIL,
                7,
                true,
                1,
                "cpu");
    }

    /** Writes an order and returns its path. */
    String order(String attempt, StageRequest request, ParentStage parent, int leaseSeconds) throws IOException {
        String path = OrderFiles.FOLDER + "/" + attempt + "/" + OrderFiles.ORDER;
        StageOrder order =
                new StageOrder(StageOrder.SCHEMA, request, parent, workspace.toString(), leaseSeconds, false, null);
        Files.createDirectories(root.resolve(path).getParent());
        Files.write(root.resolve(path), CanonicalJson.bytes(order));
        return path;
    }

    Process start(String order) throws IOException {
        return start(order, System.getProperty("java.class.path"));
    }

    Process start(String order, String classPath) throws IOException {
        File log = workspace.resolve("process.log").toFile();
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx400m",
                        Main.class.getName(),
                        root.toString(),
                        order)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        // A class path among the arguments would hide those that tell whose process it is.
        builder.environment().put("CLASSPATH", classPath);
        builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    int exitCode(Process process) throws InterruptedException {
        assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), "The process does not end.");
        return process.exitValue();
    }

    Path file(String attempt, String name) {
        return root.resolve(OrderFiles.FOLDER).resolve(attempt).resolve(name);
    }

    PreparedStage prepared(String attempt) throws IOException {
        return CanonicalJson.MAPPER.readValue(file(attempt, OrderFiles.PREPARED).toFile(), PreparedStage.class);
    }

    /** The only stage's directory. */
    Path stage() throws IOException {
        try (var stages = Files.list(root.resolve("stages"))) {
            return stages.filter(path -> !path.getFileName().toString().startsWith("."))
                    .findFirst()
                    .orElseThrow();
        }
    }

    List<StageEvent> events() throws IOException {
        Path file = stage().resolve(StageFiles.EVENTS);
        List<StageEvent> events = new ArrayList<>();
        String text = Files.exists(file) ? Files.readString(file) : "";
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
            if (!line.isEmpty()) {
                events.add(CanonicalJson.MAPPER.readValue(line, StageEvent.class));
            }
        }
        return events;
    }

    long starts() throws IOException {
        return events().stream()
                .filter(event -> event.kind() == StageEvent.Kind.START)
                .count();
    }

    /** Waits until the events are as wanted. */
    void awaitEvents(Predicate<List<StageEvent>> wanted) throws IOException {
        await(() ->
                Files.isDirectory(root.resolve("stages")) && !empty(root.resolve("stages")) && wanted.test(events()));
    }

    private static boolean empty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.allMatch(path -> path.getFileName().toString().startsWith("."));
        }
    }

    /** Something that becomes true. */
    interface Condition {
        boolean holds() throws IOException;
    }

    void await(Condition condition) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                fail("It did not come to be: " + Files.readString(workspace.resolve("process.log")));
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
