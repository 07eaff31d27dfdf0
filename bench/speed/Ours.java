import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.cascade.model.CausalLM;
import io.jenkins.plugins.cascade.model.ChatEncoder;
import io.jenkins.plugins.cascade.model.ChatMessage;
import io.jenkins.plugins.cascade.model.ChatTemplate;
import io.jenkins.plugins.cascade.model.Completion;
import io.jenkins.plugins.cascade.model.Compute;
import io.jenkins.plugins.cascade.model.Engine;
import io.jenkins.plugins.cascade.model.GenerationRequest;
import io.jenkins.plugins.cascade.model.ModelConfig;
import io.jenkins.plugins.cascade.model.Sampling;
import io.jenkins.plugins.cascade.model.Tokenizer;
import io.jenkins.plugins.cascade.recipe.ContentKey;
import io.jenkins.plugins.cascade.recipe.DataFile;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.GrpoSettings;
import io.jenkins.plugins.cascade.recipe.ModelSource;
import io.jenkins.plugins.cascade.recipe.NumericSettings;
import io.jenkins.plugins.cascade.recipe.OptimizerSettings;
import io.jenkins.plugins.cascade.recipe.Precision;
import io.jenkins.plugins.cascade.recipe.RlvrSettings;
import io.jenkins.plugins.cascade.recipe.SamplingSettings;
import io.jenkins.plugins.cascade.recipe.Schedule;
import io.jenkins.plugins.cascade.recipe.SftSettings;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.recipe.StageSettings;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.train.Checkpoints;
import io.jenkins.plugins.cascade.train.StageTraining;
import io.jenkins.plugins.cascade.train.TrainingContext;
import io.jenkins.plugins.cascade.train.TrainingData;
import io.jenkins.plugins.cascade.train.TrainingMonitor;
import io.jenkins.plugins.cascade.verify.Canary;
import io.jenkins.plugins.cascade.verify.Verdict;
import io.jenkins.plugins.cascade.verify.Verifier;
import io.jenkins.plugins.cascade.verify.Verifiers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Cascade's side of one row: {@code java Ours.java ROW.json}. Trains with the classes that a stage trains with, or draws rollouts, a round each
 * time that a line "round" arrives on standard input, and answers with one JSON line a round: {@code {"seconds", "tokens", "steps"}}.
 * The line "end" ends it; the last answer has the peak of its memory.
 */
final class Ours {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int NO_END = 1_000_000;

    private final JsonNode row;
    private final BufferedReader orders =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private final PrintStream answers = System.out;
    private final Path model;
    private final ModelConfig config;
    private final Tokenizer tokenizer;
    private final ChatEncoder encoder;

    private Ours(JsonNode row) {
        this.row = row;
        model = Path.of(row.get("model").textValue());
        config = ModelConfig.read(model);
        tokenizer = Tokenizer.load(model);
        encoder = new ChatEncoder(tokenizer, ChatTemplate.load(model));
    }

    public static void main(String[] arguments) throws IOException {
        JsonNode row = MAPPER.readTree(Files.readAllBytes(Path.of(arguments[0])));
        Engine.setThreads(row.get("threads").intValue());
        Ours ours = new Ours(row);
        if (row.get("kind").textValue().equals("rollout")) {
            ours.rollouts();
        } else {
            ours.train();
        }
    }

    private boolean askedForARound() {
        try {
            return "round".equals(orders.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(Map<String, ?> values) {
        try {
            answers.println(MAPPER.writeValueAsString(values));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answers.flush();
    }

    /** A size of the whole process that the kernel keeps, in MiB. */
    private static double megabytes(String field) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            String line = lines.filter(text -> text.startsWith(field + ":")).findFirst().orElseThrow();
            return Double.parseDouble(line.split("\\s+")[1]) / 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end() {
        answer(Map.of("peak_mb", megabytes("VmHWM")));
        // Not exit: libtorch's threads may still be in native code.
        Runtime.getRuntime().halt(0);
    }

    private void rollouts() throws IOException {
        int newTokens = row.get("new_tokens").intValue();
        int group = row.get("group").intValue();
        List<int[]> prompts = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(row.get("data").textValue()))
                .subList(0, row.get("prompts_per_step").intValue())) {
            String text = MAPPER.readTree(line).get("prompt").textValue();
            prompts.add(encoder.prompt(List.of(new ChatMessage("user", text))));
        }
        // No token ends an answer: both sides draw exactly new_tokens for each.
        Sampling sampling = new Sampling(1, 1, 0, newTokens, Set.of(), 256);
        try (CausalLM policy = load()) {
            answer(Map.of("ready", true));
            for (int seed = 0; askedForARound(); seed++) {
                long start = System.nanoTime();
                long tokens = 0;
                for (int step = 0; step < row.get("steps").intValue(); step++) {
                    long stream = 1000L * seed + step;
                    List<GenerationRequest> requests = prompts.stream()
                            .map(prompt -> new GenerationRequest(prompt, group, stream))
                            .toList();
                    for (Completion completion : policy.generate(requests, sampling)) {
                        tokens += completion.tokens().length;
                    }
                }
                answer(Map.of("seconds", (System.nanoTime() - start) / 1e9, "tokens", tokens, "steps", row.get("steps")));
            }
        }
        end();
    }

    private CausalLM load() {
        return CausalLM.load(model, 0);
    }

    private void train() {
        boolean sft = row.get("kind").textValue().equals("sft");
        StageSpec spec = new StageSpec(
                StageSpec.SCHEMA,
                sft ? StageKind.SFT : StageKind.RLVR,
                "bench",
                sft ? null : "math",
                new ModelSource(model.toString(), "unused"),
                List.of(new DataFile(
                        sft ? DataRole.SFT : DataRole.PROMPTS, row.get("data").textValue(), "unused")),
                sft ? sftSettings() : grpoSettings(),
                List.of(),
                Map.of(),
                1,
                row.get("threads").intValue(),
                "cpu",
                0);
        try (Verifiers verifiers = Verifiers.with(List.of(new Characters()))) {
            TrainingData data = TrainingData.read(spec, encoder, encoder, verifiers, config.maxPositions());
            TrainingContext context = new TrainingContext(
                    tokenizer, encoder, encoder, verifiers, this::sampling, Compute.of("cpu", precision().word()));
            Checkpoints checkpoints = new Checkpoints(
                    Path.of(row.get("scratch").textValue(), "checkpoints"), ContentKey.of(spec), 1);
            Rounds rounds = new Rounds();
            answer(Map.of("ready", true));
            rounds.waitForOne();
            new StageTraining(spec, data, context, checkpoints, rounds).run(Optional.empty());
        }
    }

    private Sampling sampling(SamplingSettings settings) {
        return new Sampling(
                settings.temperature(), settings.topP(), settings.topK(), settings.maxTokens(), Set.copyOf(config.eosIds()), 256);
    }

    private static OptimizerSettings optimizer() {
        return OptimizerSettings.paper(1e-5, Schedule.CONSTANT, 0.1);
    }

    private StageSettings sftSettings() {
        int batch = row.get("batch").intValue();
        return new SftSettings(
                optimizer(), NO_END, batch, row.get("longest").intValue(), row.path("micro_batch").asInt(batch), NO_END, true, null, null,
                NumericSettings.of(precision()));
    }

    private StageSettings grpoSettings() {
        int prompts = row.get("prompts_per_step").intValue();
        int group = row.get("group").intValue();
        int microBatch = row.path("micro_batch").asInt(prompts * group);
        SamplingSettings sampling =
                new SamplingSettings(1, 1, 0, row.get("new_tokens").intValue());
        GrpoSettings policy = new GrpoSettings(
                        optimizer(), NO_END, prompts, group, sampling, 0, 0, false, 0, microBatch, NO_END)
                .withSharedPrompts(true);
        return new RlvrSettings(policy, NumericSettings.of(precision()));
    }

    private Precision precision() {
        return Precision.valueOf(row.get("precision").textValue().toUpperCase(Locale.ROOT));
    }

    /** Holds the training between rounds of a number of steps. */
    private final class Rounds implements TrainingMonitor {
        private final int steps = row.get("steps").intValue();
        private double tokens;
        private long start;
        private final Map<String, Double> times = new TreeMap<>();

        private void waitForOne() {
            if (!askedForARound()) {
                end();
            }
            tokens = 0;
            times.clear();
            start = System.nanoTime();
        }

        @Override
        public void stepDone(String phase, int step, int steps, Map<String, Double> metrics) {
            if (metrics.containsKey("rollout/length")) {
                tokens += metrics.get("rollout/length")
                        * row.get("prompts_per_step").intValue()
                        * row.get("group").intValue();
            } else {
                tokens += metrics.get("speed/tokens_per_second") * metrics.get("time/update");
            }
            metrics.forEach((name, value) -> {
                if (name.startsWith("time/")) {
                    times.merge(name, value, Double::sum);
                }
            });
            if (step % this.steps == 0) {
                double seconds = (System.nanoTime() - start) / 1e9;
                answer(Map.of(
                        "seconds", seconds,
                        "tokens", Math.round(tokens),
                        "steps", this.steps,
                        "times", times,
                        "resident_mb", megabytes("VmRSS")));
                waitForOne();
            }
        }

        @Override
        public Optional<String> stopReason() {
            return Optional.empty();
        }

        @Override
        public void checkpointWritten(String phase, int step, int steps, String name) {
            // None is written before the end, which is never reached.
        }

        @Override
        public long eventBytes() {
            return 0;
        }
    }

    /** Characters without white space, modulo 7, as a share: a rule that costs nothing and gives every group a spread. */
    private static final class Characters implements Verifier {
        @Override
        public String type() {
            return "characters";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public void check(JsonNode spec) {
            // It has no settings.
        }

        @Override
        public Verdict verify(String prompt, String response, JsonNode spec) {
            long characters = response.codePoints()
                    .filter(character -> !Character.isWhitespace(character))
                    .count();
            return Verdict.graded(characters % 7 / 6.0, "");
        }

        @Override
        public List<Canary> canaries() {
            return List.of();
        }
    }
}
