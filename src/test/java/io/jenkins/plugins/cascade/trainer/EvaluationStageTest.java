package io.jenkins.plugins.cascade.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.gate.BenchmarkScores;
import io.jenkins.plugins.cascade.gate.ScoreFile;
import io.jenkins.plugins.cascade.recipe.BenchmarkSpec;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.Digests;
import io.jenkins.plugins.cascade.recipe.EvaluateSettings;
import io.jenkins.plugins.cascade.recipe.ModelSource;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.recipe.StageStatus;
import io.jenkins.plugins.cascade.recipe.TrainerResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stage that trains nothing. */
class EvaluationStageTest {
    @TempDir
    Path root;

    private TinyStage tiny;

    @BeforeEach
    void writeModel() throws IOException {
        tiny = new TinyStage(root);
    }

    @Test
    void theSpecificationIsReadAsItWasWritten() throws IOException {
        StageSpec spec = tiny.evaluate();
        byte[] json = CanonicalJson.bytes(spec);
        assertEquals(spec, CanonicalJson.MAPPER.readValue(json, StageSpec.class));
    }

    @Test
    void scoresTheModelAndTrainsNothing() throws IOException {
        Stage stage = run("evaluate", tiny.evaluate());

        TrainerResult result = stage.result();
        assertEquals(StageStatus.State.DONE, stage.status().state());
        assertEquals(List.of(0L, 0L), List.of(result.trainedTokens(), result.sampledTokens()));
        assertEquals(0, result.trainSeconds());
        assertTrue(stage.events().stream().allMatch(event -> event.phase().equals("evaluation")));
        BenchmarkScores scores = scores(stage);
        assertEquals(12, scores.items().size());
        assertEquals(scores.mean(), result.scores().get("copying"), 1e-9);
    }

    @Test
    void itsCopyOfTheModelIsTheModel() throws IOException {
        Stage first = run("first", tiny.evaluate());
        Path copy = first.directory().resolve(first.result().checkpoint());
        Stage second = run("second", from(copy, tiny.evaluate()));

        assertEquals(first.result().checkpointDigest(), second.result().checkpointDigest());
        assertEquals(lines(first), lines(second));
    }

    @Test
    void twoEvaluationsAgreeInEveryScore() throws IOException {
        Stage one = run("one", tiny.evaluate());
        Stage two = run("two", tiny.evaluate());

        assertEquals(one.reproducible(), two.reproducible());
        assertEquals(lines(one), lines(two));
    }

    @Test
    void aStageTrainedFromItCanBeComparedWithIt() throws IOException {
        Stage before = run("before", tiny.evaluate());
        Path copy = before.directory().resolve(before.result().checkpoint());
        Stage after = run("after", from(copy, tiny.sft(120, 100)));

        assertEquals(scores(before).fingerprint(), scores(after).fingerprint());
        double gain = after.result().scores().get("copying")
                - before.result().scores().get("copying");
        assertTrue(gain > 0.3, "gain " + gain);
    }

    @Test
    void refusesWhatAnEvaluationCannotHave() throws IOException {
        StageSpec spec = tiny.evaluate();
        StageSpec nothing = changed(spec, spec.model(), List.of());
        Stage.Ended ended = new Stage(tiny.directory("nothing", nothing)).run();
        assertEquals(64, ended.code());
        assertTrue(ended.stderr().contains("is an evaluation without a benchmark"), ended.stderr());

        StageSpec data = tiny.spec(
                StageKind.EVALUATE, new EvaluateSettings(), List.of(tiny.data(DataRole.SFT, "sft.jsonl", "{}\n")));
        ended = new Stage(tiny.directory("data", data)).run();
        assertEquals(64, ended.code());
        assertTrue(ended.stderr().contains("a stage of kind evaluate does not read"), ended.stderr());
        assertFalse(Files.exists(root.resolve("data").resolve(StageFiles.RESULT)));
    }

    private Stage run(String name, StageSpec spec) throws IOException {
        Stage stage = new Stage(tiny.directory(name, spec));
        Stage.Ended ended = stage.run();
        assertEquals(0, ended.code(), ended.stderr());
        return stage;
    }

    private static StageSpec from(Path folder, StageSpec spec) throws IOException {
        ModelSource model = new ModelSource(folder.toString(), Digests.ofFolder(folder));
        return changed(spec, model, spec.benchmarks());
    }

    private static StageSpec changed(StageSpec spec, ModelSource model, List<BenchmarkSpec> benchmarks) {
        return new StageSpec(
                spec.schema(),
                spec.kind(),
                spec.name(),
                spec.domain(),
                model,
                spec.data(),
                spec.settings(),
                benchmarks,
                spec.verifierVersions(),
                spec.seed(),
                spec.threads(),
                spec.device(),
                spec.leaseSeconds());
    }

    private static BenchmarkScores scores(Stage stage) throws IOException {
        return ScoreFile.read(stage.directory().resolve(StageFiles.SCORES)).get("copying");
    }

    private static List<String> lines(Stage stage) throws IOException {
        return Files.readAllLines(stage.directory().resolve(StageFiles.SCORES));
    }
}
