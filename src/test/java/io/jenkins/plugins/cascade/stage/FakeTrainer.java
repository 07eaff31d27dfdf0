package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.BenchmarkScores;
import io.jenkins.plugins.cascade.gate.ItemScores;
import io.jenkins.plugins.cascade.gate.ScoreFile;
import io.jenkins.plugins.cascade.recipe.BenchmarkSpec;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.ContentKey;
import io.jenkins.plugins.cascade.recipe.Digests;
import io.jenkins.plugins.cascade.recipe.EvaluateSettings;
import io.jenkins.plugins.cascade.recipe.RlhfSettings;
import io.jenkins.plugins.cascade.recipe.RlvrSettings;
import io.jenkins.plugins.cascade.recipe.SftSettings;
import io.jenkins.plugins.cascade.recipe.StageEvent;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.recipe.StageStatus;
import io.jenkins.plugins.cascade.recipe.TrainerResult;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process that speaks the trainer's protocol and trains nothing: steps are counted, checkpoints are numbers, scores come from the
 * environment. What is real is the process, its lock, its files and how it ends.
 */
public final class FakeTrainer {
    private static final int ITEMS = 100;

    private final Path directory;
    private final StageSpec spec;

    private FakeTrainer(Path directory) throws IOException {
        this.directory = directory;
        this.spec = CanonicalJson.MAPPER.readValue(
                directory.resolve(StageFiles.SPEC).toFile(), StageSpec.class);
    }

    /** Trains the stage in the directory that the first argument names. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        try (FileChannel lock = FileChannel.open(
                directory.resolve(StageFiles.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (lock.tryLock() == null) {
                System.exit(69);
            }
            System.exit(new FakeTrainer(directory).run());
        }
    }

    private int run() throws Exception {
        System.out.println("fake trainer, environment " + System.getenv().keySet());
        Files.writeString(directory.resolve("starts"), "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (spec.name().endsWith(".parent") && System.getenv("FAKE_PARENT_FAILS") != null) {
            status(StageStatus.State.FAILED, 0, 0, "the parent cannot be evaluated");
            return 70;
        }
        int steps = steps();
        int from = checkpoint();
        keepEvents(from);
        for (int step = from + 1; step <= steps; step++) {
            if (step == number("FAKE_FAIL_AT", -1)) {
                status(StageStatus.State.FAILED, step, steps, System.getenv("FAKE_MESSAGE"));
                return number("FAKE_EXIT", 70);
            }
            Thread.sleep(number("FAKE_STEP_MILLIS", 1));
            event(step, steps);
            status(StageStatus.State.TRAINING, step, steps, "");
            if (stopWanted() || leaseRanOut()) {
                saved(step);
                status(StageStatus.State.STOPPED, step, steps, leaseRanOut() ? "the lease ran out" : "asked to stop");
                return 75;
            }
            if (step % 5 == 0) {
                saved(step);
            }
        }
        finish();
        status(StageStatus.State.DONE, steps, steps, "");
        return 0;
    }

    private int steps() {
        if (spec.settings() instanceof EvaluateSettings) {
            return 0;
        }
        if (spec.settings() instanceof SftSettings sft) {
            return sft.steps();
        }
        return spec.settings() instanceof RlhfSettings rlhf
                ? rlhf.policy().steps()
                : ((RlvrSettings) spec.settings()).policy().steps();
    }

    private int checkpoint() throws IOException {
        Path file = directory.resolve(StageFiles.CHECKPOINTS).resolve("step");
        return Files.exists(file) ? Integer.parseInt(Files.readString(file)) : 0;
    }

    /** An attempt begins with a file of its own that holds the events up to the checkpoint. */
    private void keepEvents(int step) throws IOException {
        Path file = directory.resolve(StageFiles.EVENTS);
        String kept = "";
        if (Files.exists(file)) {
            try (Stream<String> lines = Files.lines(file)) {
                kept = lines.limit(step).map(line -> line + "\n").collect(Collectors.joining());
            }
        }
        replace(file, kept.getBytes(StandardCharsets.UTF_8));
    }

    private void saved(int step) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(StageFiles.CHECKPOINTS));
        replace(folder.resolve("step"), Integer.toString(step).getBytes(StandardCharsets.UTF_8));
    }

    private void event(int step, int steps) throws IOException {
        StageEvent event = new StageEvent(
                StageEvent.Kind.STEP,
                "sft",
                step,
                steps,
                System.currentTimeMillis(),
                Map.of("train/loss", 1.0 / step),
                "");
        Files.writeString(
                directory.resolve(StageFiles.EVENTS),
                CanonicalJson.MAPPER.writeValueAsString(event) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private void status(StageStatus.State state, int step, int steps, String message) throws IOException {
        long pid = ProcessHandle.current().pid();
        StageStatus status = new StageStatus(state, "sft", step, steps, pid, System.currentTimeMillis(), message);
        replace(directory.resolve(StageFiles.STATUS), CanonicalJson.bytes(status));
    }

    private boolean stopWanted() {
        return System.getenv("FAKE_DEAF") == null && Files.exists(directory.resolve(StageFiles.STOP));
    }

    private boolean leaseRanOut() throws IOException {
        long age = System.currentTimeMillis()
                - Files.getLastModifiedTime(directory.resolve(StageFiles.LEASE)).toMillis();
        return spec.leaseSeconds() > 0 && age > spec.leaseSeconds() * 1000L;
    }

    private void finish() throws IOException {
        Path model = Files.createDirectories(
                directory.resolve(StageFiles.CHECKPOINTS).resolve("final"));
        Files.writeString(model.resolve("config.json"), ContentKey.of(spec));
        Map<String, Double> means = new HashMap<>();
        List<BenchmarkScores> scores = new ArrayList<>();
        for (BenchmarkSpec benchmark : spec.benchmarks()) {
            BenchmarkScores made = scores(benchmark);
            scores.add(made);
            means.put(benchmark.name(), made.mean());
        }
        if (!scores.isEmpty()) {
            ScoreFile.write(directory.resolve(StageFiles.SCORES), scores);
        }
        TrainerResult result = new TrainerResult(
                StageSpec.SCHEMA,
                ContentKey.of(spec),
                "checkpoints/final",
                Digests.ofFolder(model),
                means,
                Map.of("train/loss", 0.1),
                steps() == 0 ? 0 : 1000,
                steps() == 0 ? 0 : 2000,
                steps() == 0 ? 0 : 1.5,
                0.5,
                "fake");
        replace(directory.resolve(StageFiles.RESULT), CanonicalJson.bytes(result));
    }

    /** The first items are right, as many as the score in {@code FAKE_SCORE_<benchmark>} says. */
    private BenchmarkScores scores(BenchmarkSpec benchmark) {
        boolean parents = spec.name().endsWith(".parent");
        int right = number((parents ? "FAKE_PARENT_SCORE_" : "FAKE_SCORE_") + benchmark.name(), 50);
        boolean noisy = System.getenv("FAKE_NOISE") != null;
        List<ItemScores> items = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            double score = i < right ? 1 : 0;
            double[] samples = new double[benchmark.samples()];
            // The first samples of an item are the same however many there are, as with the real trainer.
            for (int sample = 0; sample < samples.length; sample++) {
                samples[sample] = noisy ? new Random(31L * i + sample + right).nextInt(100) < right ? 1 : 0 : score;
            }
            items.add(ItemScores.of("item-" + i, samples));
        }
        String fingerprint = benchmark.digest() + System.getenv().getOrDefault("FAKE_FINGERPRINT", "");
        return new BenchmarkScores(benchmark.name(), fingerprint, items);
    }

    private static int number(String variable, int otherwise) {
        String value = System.getenv(variable);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".new");
        Files.write(temporary, bytes);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
