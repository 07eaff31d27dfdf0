package io.jenkins.plugins.cascade.trainer;

import io.jenkins.plugins.cascade.model.CausalLM;
import io.jenkins.plugins.cascade.model.RewardModel;
import io.jenkins.plugins.cascade.recipe.BenchmarkSpec;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.CurriculumSettings;
import io.jenkins.plugins.cascade.recipe.DataFile;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.Digests;
import io.jenkins.plugins.cascade.recipe.EvaluateSettings;
import io.jenkins.plugins.cascade.recipe.FilterSettings;
import io.jenkins.plugins.cascade.recipe.GrpoSettings;
import io.jenkins.plugins.cascade.recipe.LanguageRule;
import io.jenkins.plugins.cascade.recipe.LanguageSettings;
import io.jenkins.plugins.cascade.recipe.LoraSettings;
import io.jenkins.plugins.cascade.recipe.LossAggregation;
import io.jenkins.plugins.cascade.recipe.LossSettings;
import io.jenkins.plugins.cascade.recipe.ModeMix;
import io.jenkins.plugins.cascade.recipe.ModelSource;
import io.jenkins.plugins.cascade.recipe.OptimizerSettings;
import io.jenkins.plugins.cascade.recipe.PromptFilter;
import io.jenkins.plugins.cascade.recipe.RewardModelSettings;
import io.jenkins.plugins.cascade.recipe.RlhfSettings;
import io.jenkins.plugins.cascade.recipe.RlvrSettings;
import io.jenkins.plugins.cascade.recipe.SamplingSchedule;
import io.jenkins.plugins.cascade.recipe.SamplingSettings;
import io.jenkins.plugins.cascade.recipe.Schedule;
import io.jenkins.plugins.cascade.recipe.SftPhaseSettings;
import io.jenkins.plugins.cascade.recipe.SftSettings;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.recipe.StageSettings;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Model, data and specifications of stages that take a second, in one temporary folder. */
final class TinyStage {
    private static final SamplingSettings SAMPLING = new SamplingSettings(1, 1, 0, 3);

    private final Path root;
    private final Path model;

    TinyStage(Path root) throws IOException {
        this.root = root;
        this.model = TinyModel.write(root.resolve("model"));
    }

    static OptimizerSettings optimizer(double learningRate) {
        return new OptimizerSettings(learningRate, 0.1, 2, Schedule.LINEAR, 0.9, 0.95, 1e-8, 0.1, 1);
    }

    static GrpoSettings grpo(int steps, int checkpointEvery) {
        return new GrpoSettings(optimizer(3e-3), steps, 4, 8, SAMPLING, 0, 0.25, false, 0, 16, checkpointEvery);
    }

    /** An adapter with dropout, layers computed again, and a divergence from the start. */
    static GrpoSettings adapted(int steps, int checkpointEvery) {
        OptimizerSettings optimizer = optimizer(1e-2).training(lora(null), true);
        return new GrpoSettings(optimizer, steps, 4, 8, SAMPLING, 0, 0.25, false, 0, 16, checkpointEvery)
                .with(new LossSettings(LossAggregation.TOKEN, true, 0.05, false));
    }

    private static LoraSettings lora(Boolean merge) {
        return new LoraSettings(4, 8, LoraSettings.ALL_LINEAR, 0.1, merge);
    }

    /** Fine-tuning of an adapter that is saved alone. */
    StageSpec sftOfAdapter(int steps) throws IOException {
        StageSpec whole = sft(steps, steps);
        OptimizerSettings optimizer = optimizer(2e-2).training(lora(false), false);
        return spec(StageKind.SFT, new SftSettings(optimizer, steps, 8, 32, 4, steps), whole.data());
    }

    /** The same stage from another model. */
    static StageSpec from(Path model, StageSpec spec) throws IOException {
        return new StageSpec(
                spec.schema(),
                spec.kind(),
                spec.name(),
                spec.domain(),
                new ModelSource(model.toString(), Digests.ofFolder(model)),
                spec.data(),
                spec.settings(),
                spec.benchmarks(),
                spec.verifierVersions(),
                spec.seed(),
                spec.threads(),
                spec.device(),
                spec.leaseSeconds());
    }

    Path model() {
        return model;
    }

    /** Every knob of a policy turned, in a way that shows within a dozen steps. */
    static GrpoSettings everything(PromptFilter filter) {
        OptimizerSettings optimizer = optimizer(3e-3);
        SamplingSettings sampling = new SamplingSettings(1.1, 0.95, 20, 2);
        boolean epochs = filter == PromptFilter.EPOCH;
        List<Double> temperatures = epochs ? List.of(1.0, 0.8) : List.of();
        return new GrpoSettings(optimizer, 14, 4, 6, sampling, 0, 0.25, true, 0, 5, 3)
                .with(new LossSettings(LossAggregation.SEQUENCE, false, 0.05, epochs))
                .with(new FilterSettings(filter, 2, 0.3, 0.1))
                .with(new CurriculumSettings(List.of(3, 4), 0.2, 2, 4, 1, temperatures))
                .with(new SamplingSchedule(epochs ? null : 0.9, 1.0))
                .with(ModeMix.HALF)
                .with(new LanguageSettings(LanguageRule.FIXED, -1))
                .withSharedPrompts(filter == PromptFilter.BATCH);
    }

    /** From now on the model knows the flags of the modes, and a word that switches the language. */
    void learnModes() throws IOException {
        TinyModel.learnModes(model);
    }

    /** A stage of few prompts, so that an epoch ends soon, and with a reward model beside the verifier. */
    StageSpec rlvrWithRewardModel(GrpoSettings settings) throws IOException {
        return spec(
                StageKind.RLVR,
                new RlvrSettings(settings),
                List.of(
                        data(DataRole.PROMPTS, "prompts.jsonl", prompts(8, "say", true)),
                        data(DataRole.REPLAY, "replay.jsonl", prompts(10, "copy", true)),
                        rewardModel(4)));
    }

    /** A reward model with a head drawn from a seed. */
    DataFile rewardModel(long seed) throws IOException {
        Path folder = root.resolve("reward-model");
        try (CausalLM policy = CausalLM.load(model, 3);
                RewardModel fresh = RewardModel.from(policy, seed)) {
            fresh.save(folder);
        }
        return new DataFile(DataRole.REWARD_MODEL, folder.toString(), Digests.ofFolder(folder));
    }

    /** RLHF with a given reward model in place of a trained one. */
    StageSpec rlhfWithGivenModel(GrpoSettings settings, double minAccuracy, long seed) throws IOException {
        StageSpec trained = rlhf(settings, minAccuracy);
        List<DataFile> files = new ArrayList<>(trained.data());
        files.add(rewardModel(seed));
        return spec(StageKind.RLHF, trained.settings(), files);
    }

    StageSpec evaluate() throws IOException {
        return spec(StageKind.EVALUATE, new EvaluateSettings(), List.of());
    }

    StageSpec sft(int steps, int checkpointEvery) throws IOException {
        SftSettings settings = new SftSettings(optimizer(5e-3), steps, 8, 32, 4, checkpointEvery);
        String lines = IntStream.range(0, 40)
                .mapToObj(i -> "{\"messages\":[{\"role\":\"user\",\"content\":\"copy " + i % 10
                        + "\"},{\"role\":\"assistant\",\"content\":\"" + i % 10 + "\"}]}\n")
                .collect(Collectors.joining());
        return spec(StageKind.SFT, settings, List.of(data(DataRole.SFT, "sft.jsonl", lines)));
    }

    /** Two phases: short conversations, then long ones at another rate. */
    StageSpec sftInPhases(int first, int second, int checkpointEvery, boolean packing) throws IOException {
        SftPhaseSettings later = new SftPhaseSettings(1, optimizer(2e-3), second, 6, 48);
        SftSettings settings =
                new SftSettings(optimizer(5e-3), first, 8, 24, 4, checkpointEvery, packing, List.of(later));
        String shortOnes = IntStream.range(0, 30)
                .mapToObj(i -> conversation("copy " + i % 10, "" + i % 10))
                .collect(Collectors.joining());
        String longOnes = IntStream.range(0, 20)
                .mapToObj(i -> conversation("copy " + "1 2 3 4 5 6 7 8 9 0 ".repeat(1 + i % 2) + i % 10, "" + i % 10))
                .collect(Collectors.joining());
        return spec(
                StageKind.SFT,
                settings,
                List.of(data(DataRole.SFT, "short.jsonl", shortOnes), data(DataRole.SFT, "long.jsonl", longOnes)));
    }

    private static String conversation(String asked, String answer) {
        return "{\"messages\":[{\"role\":\"user\",\"content\":\"" + asked + "\"},{\"role\":\"assistant\",\"content\":\""
                + answer + "\"}]}\n";
    }

    StageSpec rlvr(GrpoSettings settings) throws IOException {
        return spec(
                StageKind.RLVR,
                new RlvrSettings(settings),
                List.of(
                        data(DataRole.PROMPTS, "prompts.jsonl", prompts(30, "say", true)),
                        data(DataRole.REPLAY, "replay.jsonl", prompts(10, "copy", true))));
    }

    StageSpec rlhf(GrpoSettings settings, double minAccuracy) throws IOException {
        RewardModelSettings rewardModel = new RewardModelSettings(optimizer(5e-3), 2, 8, 32, 0.2, minAccuracy);
        String pairs = IntStream.range(0, 50)
                .mapToObj(i -> "{\"prompt\":\"say " + i % 10 + "\",\"chosen\":\"" + i % 7 + " thanks\",\"rejected\":\""
                        + i % 7 + " red\"}\n")
                .collect(Collectors.joining());
        return spec(
                StageKind.RLHF,
                new RlhfSettings(rewardModel, settings),
                List.of(
                        data(DataRole.PREFERENCES, "pairs.jsonl", pairs),
                        data(DataRole.PROMPTS, "prompts.jsonl", prompts(30, "say", false)),
                        data(DataRole.REPLAY, "replay.jsonl", prompts(10, "copy", true))));
    }

    static String prompts(int count, String word, boolean verified) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"prompt\":\"" + word + " " + i % 10 + "\""
                        + (verified ? ",\"verifier\":{\"type\":\"math\",\"answer\":\"5\"}" : "") + "}\n")
                .collect(Collectors.joining());
    }

    DataFile data(DataRole role, String name, String lines) throws IOException {
        Path file = file(name, lines);
        return new DataFile(role, file.toString(), Digests.ofFile(file));
    }

    Path file(String name, String text) throws IOException {
        return Files.writeString(root.resolve(name), text, StandardCharsets.UTF_8);
    }

    StageSpec spec(StageKind kind, StageSettings settings, List<DataFile> data) throws IOException {
        Path benchmark = file(
                "benchmark.jsonl",
                IntStream.range(0, 12)
                        .mapToObj(i -> "{\"id\":\"item-" + i + "\",\"prompt\":\"copy " + i % 10
                                + "\",\"cluster\":\"c" + i % 3 + "\",\"verifier\":{\"type\":\"math\",\"answer\":\""
                                + i % 10
                                + "\"}}\n")
                        .collect(Collectors.joining()));
        BenchmarkSpec copying = new BenchmarkSpec(
                "copying", benchmark.toString(), Digests.ofFile(benchmark), 4, new SamplingSettings(1, 1, 0, 3));
        return new StageSpec(
                StageSpec.SCHEMA,
                kind,
                "tiny",
                kind == StageKind.RLVR ? "math" : null,
                new ModelSource(model.toString(), Digests.ofFolder(model)),
                data,
                settings,
                List.of(copying),
                Map.of(),
                7,
                1,
                "cpu",
                0);
    }

    /** A stage's directory with its specification. */
    Path directory(String name, StageSpec spec) throws IOException {
        Path directory = Files.createDirectories(root.resolve(name));
        Files.write(directory.resolve(StageFiles.SPEC), CanonicalJson.bytes(spec));
        return directory;
    }
}
