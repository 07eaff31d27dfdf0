package io.jenkins.plugins.cascade.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.cascade.evaluate.Benchmark;
import io.jenkins.plugins.cascade.evaluate.BenchmarkItem;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.ModeMix;
import io.jenkins.plugins.cascade.recipe.ModelSource;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.train.PromptTask;
import io.jenkins.plugins.cascade.train.TrainingData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartWarningsTest {
    @TempDir
    Path root;

    private TinyStage tiny;

    @BeforeEach
    void writeModel() throws IOException {
        tiny = new TinyStage(root);
    }

    private static TrainingData prompts(String... texts) {
        List<PromptTask> tasks = Stream.of(texts)
                .map(text -> new PromptTask(text, List.of(), new int[] {1}, null))
                .toList();
        return new TrainingData(List.of(), List.of(), tasks, List.of());
    }

    private static StageSpec from(Path model, StageSpec spec) {
        return new StageSpec(
                spec.schema(),
                spec.kind(),
                spec.name(),
                spec.domain(),
                new ModelSource(model.toString(), spec.model().digest()),
                spec.data(),
                spec.settings(),
                spec.benchmarks(),
                spec.verifierVersions(),
                spec.seed(),
                spec.threads(),
                spec.device(),
                spec.leaseSeconds());
    }

    @Test
    void countsThePromptsThatAnEarlierFineTuningHadAlsoThroughTheStagesBetween() throws IOException {
        Path sft = tiny.directory("sft", tiny.sft(1, 1));
        StageSpec between = from(sft.resolve("checkpoints/final"), tiny.rlvr(TinyStage.grpo(1, 1)));
        Path rlvr = tiny.directory("between", between);
        StageSpec spec = from(rlvr.resolve("checkpoints/final"), tiny.rlvr(TinyStage.grpo(1, 1)));

        List<String> warnings = StartWarnings.of(spec, prompts("copy 3", "say 3", "copy 4"), List.of());

        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).startsWith("2 of 3 prompts of this stage were fine-tuned on in "), warnings.get(0));
        assertEquals(List.of(), StartWarnings.of(spec, prompts("say 3"), List.of()));
    }

    @Test
    void aStageBeforeThatCannotBeReadAnyMoreIsNoFailure() throws IOException {
        StageSpec sft = tiny.sft(1, 1);
        Path directory = tiny.directory("sft", sft);
        StageSpec spec = from(directory.resolve("checkpoints/final"), tiny.rlvr(TinyStage.grpo(1, 1)));
        Files.writeString(Path.of(sft.data().get(0).path()), "{\"changed\":1}\n");
        assertEquals(List.of(), StartWarnings.of(spec, prompts("copy 3"), List.of()));

        Files.write(directory.resolve(StageFiles.SPEC), CanonicalJson.bytes("no specification"));

        assertEquals(List.of(), StartWarnings.of(spec, prompts("copy 3"), List.of()));
    }

    @Test
    void countsThePromptsThatABenchmarkAsksToo() throws IOException {
        StageSpec spec = tiny.rlvr(TinyStage.grpo(1, 1));
        var verifier = JsonNodeFactory.instance.objectNode().put("type", "math");
        Benchmark benchmark = new Benchmark(
                spec.benchmarks().get(0),
                List.of(
                        new BenchmarkItem("a", null, "copy 1", new int[] {1}, verifier),
                        new BenchmarkItem("b", null, "copy 2", new int[] {1}, verifier)));

        List<String> warnings = StartWarnings.of(spec, prompts("copy 2", "say 1"), List.of(benchmark));

        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(
                warnings.get(0).startsWith("1 of 2 prompts of the benchmark 'copying' are trained on"),
                warnings.get(0));
    }

    @Test
    void saysThatTrainingAndBenchmarksAskInDifferentModes() throws IOException {
        StageSpec spec = tiny.rlvr(TinyStage.grpo(1, 1).with(ModeMix.NO_THINK));

        List<String> warnings = StartWarnings.of(spec, prompts("say 1"), List.of());

        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(
                warnings.get(0).contains("(modes: no-think), but no line of the benchmarks 'copying' names a \"mode\""),
                warnings.get(0));
        Path benchmark = Path.of(spec.benchmarks().get(0).path());
        Files.writeString(benchmark, Files.readString(benchmark).replace("{\"id\"", "{\"mode\":\"no_think\",\"id\""));
        assertEquals(List.of(), StartWarnings.of(spec, prompts("say 1"), List.of()));
    }

    @Test
    void saysThatAGivenRewardModelWasNotMeasured() throws IOException {
        StageSpec spec = tiny.rlhfWithGivenModel(TinyStage.grpo(1, 1), 0, 3);

        List<String> warnings = StartWarnings.of(spec, prompts("say 1"), List.of());

        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).contains("no preferences to measure its accuracy on"), warnings.get(0));
    }
}
