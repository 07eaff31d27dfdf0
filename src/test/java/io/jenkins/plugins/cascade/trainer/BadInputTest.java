package io.jenkins.plugins.cascade.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.RlvrSettings;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.recipe.StageStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong before training starts: one sentence, exit code 64, the same sentence in the status file. */
class BadInputTest {
    @TempDir
    Path root;

    private TinyStage tiny;

    @BeforeEach
    void writeModel() throws IOException {
        tiny = new TinyStage(root);
    }

    private static String refused(Path directory) throws IOException {
        Stage stage = new Stage(directory);
        Stage.Ended ended = stage.run();
        assertEquals(ExitCode.BAD_INPUT.code(), ended.code(), ended.stderr());
        assertEquals(1, ended.stderr().lines().count(), ended.stderr());
        assertEquals(StageStatus.State.FAILED, stage.status().state());
        assertEquals(ended.stderr().strip(), stage.status().message());
        assertFalse(Files.exists(directory.resolve(StageFiles.CHECKPOINTS)));
        return ended.stderr();
    }

    @Test
    void aDataFileThatChangedSinceThePlan() throws IOException {
        StageSpec spec = tiny.sft(3, 3);
        Path directory = tiny.directory("stage", spec);
        Path data = Path.of(spec.data().get(0).path());
        Files.writeString(data, Files.readString(data) + "\n");

        assertTrue(refused(directory).contains("The data file " + data + " changed since this stage was planned"));
    }

    @Test
    void aDataFileThatChangesBetweenTwoAttempts() throws IOException {
        StageSpec spec = tiny.sft(6, 3);
        Path directory = tiny.directory("stage", spec);
        Files.createFile(directory.resolve(StageFiles.STOP));
        assertEquals(ExitCode.STOPPED.code(), new Stage(directory).run().code());
        Files.delete(directory.resolve(StageFiles.STOP));
        Files.writeString(Path.of(spec.data().get(0).path()), "{}");

        assertTrue(refused(directory).contains("changed since this stage was planned"));
    }

    @Test
    void aMissingFileAndAMissingModel() throws IOException {
        StageSpec spec = tiny.sft(3, 3);
        Path directory = tiny.directory("stage", spec);
        Files.delete(Path.of(spec.data().get(0).path()));
        assertTrue(refused(directory).contains("There is no data file"));
        Files.move(root.resolve("model"), root.resolve("elsewhere"));
        assertTrue(refused(directory).contains("There is no model folder"));
    }

    @Test
    void aBenchmarkLineWithAnUnknownVerifier() throws IOException {
        tiny.sft(3, 3);
        Path benchmark = root.resolve("benchmark.jsonl");
        String bad = Files.readString(benchmark)
                + "{\"id\":\"x\",\"prompt\":\"say 5\",\"verifier\":{\"type\":\"oracle\"}}\n";
        StageSpec spec = withBenchmark(bad);

        assertTrue(refused(tiny.directory("stage", spec)).contains("benchmark.jsonl, line 13: There is no verifier"));
    }

    @Test
    void aBenchmarkWithOneIdTwice() throws IOException {
        String line = "{\"id\":\"x\",\"prompt\":\"say 5\",\"verifier\":{\"type\":\"math\",\"answer\":\"5\"}}\n";

        assertTrue(refused(tiny.directory("stage", withBenchmark(line + line)))
                .contains("benchmark.jsonl, line 2: the id 'x' was given to an earlier line already"));
    }

    private StageSpec withBenchmark(String lines) throws IOException {
        StageSpec spec = tiny.sft(3, 3);
        var old = spec.benchmarks().get(0);
        Path file = tiny.file("benchmark.jsonl", lines);
        var benchmark = new io.jenkins.plugins.cascade.recipe.BenchmarkSpec(
                old.name(),
                file.toString(),
                io.jenkins.plugins.cascade.recipe.Digests.ofFile(file),
                old.samples(),
                old.sampling());
        return with(spec, List.of(benchmark), spec.verifierVersions(), spec.device());
    }

    private static StageSpec with(
            StageSpec spec,
            List<io.jenkins.plugins.cascade.recipe.BenchmarkSpec> benchmarks,
            Map<String, String> versions,
            String device) {
        return new StageSpec(
                spec.schema(),
                spec.kind(),
                spec.name(),
                spec.domain(),
                spec.model(),
                spec.data(),
                spec.settings(),
                benchmarks,
                versions,
                spec.seed(),
                spec.threads(),
                device,
                spec.leaseSeconds());
    }

    @Test
    void anotherVerifierVersionOrDevice() throws IOException {
        StageSpec spec = tiny.sft(3, 3);
        StageSpec old = with(spec, spec.benchmarks(), Map.of("math", "0"), "cpu");
        assertTrue(refused(tiny.directory("old", old)).contains("but this stage was planned with 0"));
        StageSpec cuda = with(spec, spec.benchmarks(), Map.of(), "cuda:0");
        String missing = refused(tiny.directory("cuda", cuda));
        assertTrue(missing.contains("The device cuda:0 cannot be used: the libtorch in "), missing);
        assertTrue(missing.contains("computes on the processor only; name the folder of a libtorch"), missing);
        assertFalse(Files.exists(tiny.directory("cuda", cuda).resolve("checkpoints")), "something was trained");
        StageSpec tpu = with(spec, spec.benchmarks(), Map.of(), "tpu");
        assertTrue(refused(tiny.directory("tpu", tpu)).contains("The device 'tpu' is not known"));
    }

    @Test
    void replayWithoutAFileAndAFileWithoutUse() throws IOException {
        var prompts = tiny.data(DataRole.PROMPTS, "prompts.jsonl", TinyStage.prompts(4, "say", true));
        StageSpec lacking = tiny.spec(StageKind.RLVR, new RlvrSettings(TinyStage.grpo(2, 2)), List.of(prompts));
        assertTrue(refused(tiny.directory("lacking", lacking)).contains("has no file of the role replay"));
        StageSpec useless = tiny.spec(StageKind.SFT, tiny.sft(2, 2).settings(), List.of(prompts));
        assertTrue(refused(tiny.directory("useless", useless)).contains("which a stage of kind sft does not read"));
    }

    @Test
    void aRewardModelBelowItsRequiredAccuracy() throws IOException {
        Stage stage = new Stage(tiny.directory("stage", tiny.rlhf(TinyStage.grpo(2, 2), 1)));
        StageSpec hard = tiny.rlhf(TinyStage.grpo(2, 2), 1);
        Path pairs = Path.of(hard.data().get(0).path());
        String contradictory = "{\"prompt\":\"say 1\",\"chosen\":\"1\",\"rejected\":\"2\"}\n"
                + "{\"prompt\":\"say 1\",\"chosen\":\"2\",\"rejected\":\"1\"}\n";
        var data = List.of(
                tiny.data(DataRole.PREFERENCES, pairs.getFileName().toString(), contradictory.repeat(10)),
                hard.data().get(1),
                hard.data().get(2));
        stage = new Stage(tiny.directory("stage", tiny.spec(StageKind.RLHF, hard.settings(), data)));

        Stage.Ended ended = stage.run();

        assertEquals(ExitCode.BAD_INPUT.code(), ended.code(), ended.stderr());
        assertTrue(ended.stderr().contains("The reward model orders"), ended.stderr());
        assertTrue(stage.events().stream().noneMatch(event -> event.phase().equals("policy")));
    }

    @Test
    void aSpecificationThatIsMissingMalformedOrFromAnotherVersion() throws IOException {
        Path directory = Files.createDirectories(root.resolve("stage"));
        assertTrue(refused(directory).contains("There is no specification"));
        Path file = directory.resolve(StageFiles.SPEC);
        Files.writeString(file, "{\"schema\":1,\"colour\":\"red\"}");
        assertTrue(refused(directory).contains("spec.json is not a stage specification: "));
        Path good = tiny.directory("good", tiny.sft(3, 3));
        Files.writeString(
                file, Files.readString(good.resolve(StageFiles.SPEC)).replace("\"schema\":1", "\"schema\":9"));
        assertTrue(refused(directory).contains("has the schema 9, but this trainer reads 1"));
    }

    @Test
    void aStageThatIsFinishedIsLeftAsItIs() throws IOException {
        Stage stage = new Stage(tiny.directory("stage", tiny.sft(3, 3)));
        assertEquals(0, stage.run().code());
        String events = Files.readString(stage.directory().resolve(StageFiles.EVENTS));

        assertEquals(0, stage.run().code());

        assertEquals(events, Files.readString(stage.directory().resolve(StageFiles.EVENTS)));
        assertEquals(StageStatus.State.DONE, stage.status().state());
    }

    @Test
    void aDirectoryOfAnotherSpecificationIsRefused() throws IOException {
        Path directory = tiny.directory("stage", tiny.sft(3, 3));
        assertEquals(0, new Stage(directory).run().code());
        tiny.directory("stage", tiny.sft(4, 3));

        Stage.Ended ended = new Stage(directory).run();

        assertEquals(ExitCode.BAD_INPUT.code(), ended.code());
        assertTrue(ended.stderr().contains("belongs to another specification"), ended.stderr());
    }
}
