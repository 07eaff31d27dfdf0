package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.Gate;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.EvaluateSettings;
import io.jenkins.plugins.cascade.recipe.GrpoSettings;
import io.jenkins.plugins.cascade.recipe.Presets;
import io.jenkins.plugins.cascade.recipe.RlvrSettings;
import io.jenkins.plugins.cascade.recipe.SamplingSettings;
import io.jenkins.plugins.cascade.recipe.SftSettings;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.track.Tracker;
import io.jenkins.plugins.cascade.track.TrackingEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A workspace with a model, data and one benchmark, a host that remembers its lines, and sessions over {@link FakeTrainer}. */
final class Bench implements StageHost, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Path workspace;
    final List<String> lines = new CopyOnWriteArrayList<>();
    final Map<String, String> environment = new HashMap<>();
    final AtomicInteger launches = new AtomicInteger();
    volatile boolean cancelled;
    volatile boolean forced;
    private final List<Tracker> trackers = new ArrayList<>();
    TrackingEnvironment tracking = TrackingEnvironment.none();
    String cascade = "test";
    private int builds;

    Bench(Path workspace) throws IOException {
        this.workspace = workspace;
        Files.createDirectories(workspace.resolve("model"));
        Files.writeString(workspace.resolve("model/config.json"), "{}");
        Files.writeString(workspace.resolve("sft.jsonl"), "{\"messages\":[]}\n");
        Files.writeString(
                workspace.resolve("prompts.jsonl"), "{\"prompt\":\"1+1\",\"verifier\":{\"type\":\"math\"}}\n");
        Files.writeString(
                workspace.resolve("items.jsonl"),
                "{\"id\":\"1\",\"prompt\":\"1+1\",\"verifier\":{\"type\":\"math\"}}\n");
    }

    CascadeSession session() throws Exception {
        return session(false, Duration.ofSeconds(20), 30);
    }

    /** A session whose gates may ask for earlier builds. */
    CascadeSession session(BaselineSource earlier) throws Exception {
        return session(false, Duration.ofSeconds(20), 30, earlier);
    }

    CascadeSession session(boolean resume, Duration grace, int leaseSeconds) throws Exception {
        return session(resume, grace, leaseSeconds, MlflowRuns.of(tracking, cascade));
    }

    private CascadeSession session(boolean resume, Duration grace, int leaseSeconds, BaselineSource earlier)
            throws Exception {
        int build = ++builds;
        CascadeOptions options = CascadeOptions.local(workspace, buildDirectory(build), cascade, build)
                .withResume(resume)
                .withPatience(grace, leaseSeconds);
        Tracker tracker = Tracker.open(buildDirectory(build).resolve("journal.jsonl"), tracking);
        trackers.add(tracker);
        LocalTrainerLauncher local = new LocalTrainerLauncher(
                FakeTrainer.class.getName(), variables -> Map.of("math", variables.getOrDefault("MATH_JUDGE", "1")));
        TrainerLauncher counting = new TrainerLauncher() {
            @Override
            public TrainerProcess launch(Path stageDirectory, Map<String, String> variables) throws IOException {
                launches.incrementAndGet();
                return local.launch(stageDirectory, variables);
            }

            @Override
            public Map<String, String> verifierVersions(Map<String, String> variables) {
                return local.verifierVersions(variables);
            }
        };
        return CascadeSession.open(options, counting, tracker, earlier);
    }

    Path buildDirectory(int build) throws IOException {
        return Files.createDirectories(workspace.resolve("builds/" + build));
    }

    /** An evaluation of the model as it is, on the benchmark {@code math}. */
    StageRequest evaluate() {
        return new StageRequest(
                StageKind.EVALUATE,
                "evaluate",
                null,
                "model",
                null,
                List.of(),
                new EvaluateSettings(),
                sft(1).benchmarks(),
                null,
                List.of(),
                Reaction.FAIL,
                Reaction.FAIL,
                0,
                true,
                0,
                "cpu");
    }

    /** An SFT stage of some steps, evaluated on the benchmark {@code math}. */
    StageRequest sft(int steps) {
        SftSettings paper = Presets.sft();
        SftSettings settings =
                new SftSettings(paper.optimizer(), steps, paper.batchSize(), paper.maxTokens(), paper.microBatch(), 5);
        return new StageRequest(
                StageKind.SFT,
                "sft",
                null,
                "model",
                null,
                List.of(new DataRequest(DataRole.SFT, "sft.jsonl")),
                settings,
                List.of(new BenchmarkRequest("math", "items.jsonl", 2, new SamplingSettings(0, 1, 0, 16))),
                null,
                List.of(),
                Reaction.FAIL,
                Reaction.FAIL,
                0,
                true,
                0,
                "cpu");
    }

    /** An RLVR stage on the last accepted one, its benchmark protected at 20 points. */
    StageRequest rlvr(Reaction onRegression, Reaction onInconclusive) {
        GrpoSettings policy = Presets.rlvr("math").policy();
        GrpoSettings settings =
                new GrpoSettings(policy.optimizer(), 3, 2, 2, policy.sampling(), 0, 0, false, 0.01, 1, 10);
        return new StageRequest(
                StageKind.RLVR,
                "math",
                "math",
                null,
                null,
                List.of(new DataRequest(DataRole.PROMPTS, "prompts.jsonl")),
                new RlvrSettings(settings),
                null,
                List.of(Gate.protect("math", 0.2)),
                List.of(),
                onRegression,
                onInconclusive,
                0,
                true,
                0,
                "cpu");
    }

    /** An SFT stage whose benchmark draws its answers, so that more samples of them tell more. */
    StageRequest drawnSft() {
        StageRequest sft = sft(2);
        return new StageRequest(
                sft.kind(),
                sft.name(),
                null,
                sft.model(),
                null,
                sft.data(),
                sft.settings(),
                List.of(new BenchmarkRequest("math", "items.jsonl", 2, new SamplingSettings(1, 1, 0, 16))),
                null,
                List.of(),
                Reaction.FAIL,
                Reaction.FAIL,
                0,
                true,
                0,
                "cpu");
    }

    /** An RLVR stage on the last accepted one, its benchmark protected at 10 points, with so many looks. */
    StageRequest looked(int looks) {
        StageRequest rlvr = rlvr(Reaction.FAIL, Reaction.FAIL);
        return new StageRequest(
                        rlvr.kind(),
                        rlvr.name(),
                        rlvr.domain(),
                        null,
                        null,
                        rlvr.data(),
                        rlvr.settings(),
                        null,
                        List.of(Gate.protect("math", 0.1)),
                        List.of(),
                        Reaction.FAIL,
                        Reaction.FAIL,
                        0,
                        true,
                        0,
                        "cpu")
                .withLooks(looks);
    }

    Path stage(String name) throws IOException {
        try (var folders = Files.list(workspace.resolve("stages"))) {
            return folders.filter(folder -> folder.getFileName().toString().matches("[0-9a-f]{12}-" + name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    String log() {
        return String.join("\n", lines);
    }

    /** Copies a folder's content into another folder. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Waits until something is so, at most a minute. */
    static void until(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("It did not come to be within " + PATIENCE);
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Override
    public void line(String text) {
        lines.add(text);
    }

    @Override
    public void progress(String text) {
        throw new AssertionError("Nobody watches");
    }

    @Override
    public boolean interactive() {
        return false;
    }

    @Override
    public Path workingDirectory() {
        return workspace;
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public CancelSignal cancelSignal() {
        return new CancelSignal() {
            @Override
            public boolean requested() {
                return cancelled;
            }

            @Override
            public boolean forced() {
                return forced;
            }
        };
    }

    @Override
    public void close() {
        trackers.forEach(Tracker::close);
    }
}
