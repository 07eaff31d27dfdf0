package io.jenkins.plugins.cascade.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.GrpoSettings;
import io.jenkins.plugins.cascade.recipe.LanguageRule;
import io.jenkins.plugins.cascade.recipe.LanguageSettings;
import io.jenkins.plugins.cascade.recipe.ModeMix;
import io.jenkins.plugins.cascade.recipe.PromptFilter;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.recipe.StageStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trainer's life as a process: killed, told to stop, out of lease, out of disk. */
class TrainerProcessTest {
    private static final int ENDLESS = 1_000_000;

    @TempDir
    Path root;

    private TinyStage tiny;

    @BeforeEach
    void writeModel() throws IOException {
        tiny = new TinyStage(root);
    }

    @Test
    void aRunKilledAtRandomStepsAndResumedEqualsOneNeverKilled() throws IOException, InterruptedException {
        tiny.learnModes();
        GrpoSettings settings =
                TinyStage.grpo(12, 3).with(ModeMix.HALF).with(new LanguageSettings(LanguageRule.BELOW_MINIMUM, -10));
        Stage killed = assertResumesExactly(tiny.rlhf(settings, 0), 3);
        assertTrue(sum(killed, "reward/language_switches") > 0);
        assertTrue(sum(killed, "reward_model/heldout_accuracy") > 0);
    }

    @Test
    void soDoesARunWithEverySettingThatHasAStateAndTheFilterByEpoch() throws IOException, InterruptedException {
        tiny.learnModes();
        Stage killed = assertResumesExactly(tiny.rlvrWithRewardModel(TinyStage.everything(PromptFilter.EPOCH)), 4);
        assertTrue(sum(killed, "reward/language_switches") > 0);
        assertEquals(List.of(2.0, 3.0, 4.0), values(killed, "rollout/max_tokens"));
        assertEquals(List.of(0.8, 1.0, 1.1), values(killed, "rollout/temperature"));
        assertTrue(values(killed, "filter/admitted_share").size() > 1);
    }

    @Test
    void soDoesARunWithEverySettingThatHasAStateAndTheFilterByBatch() throws IOException, InterruptedException {
        tiny.learnModes();
        Stage killed = assertResumesExactly(tiny.rlvrWithRewardModel(TinyStage.everything(PromptFilter.BATCH)), 5);
        assertTrue(sum(killed, "filter/dropped_groups") > 0);
    }

    @Test
    void soDoesFineTuningInPhases() throws IOException, InterruptedException {
        assertResumesExactly(tiny.sftInPhases(9, 9, 4, true), 6);
    }

    @Test
    void soDoAdaptersOfARewardModelAndOfAPolicyWithDropoutAndTheFrozenWeightsAsReference()
            throws IOException, InterruptedException {
        Stage killed = assertResumesExactly(tiny.rlhf(TinyStage.adapted(12, 3), 0), 7);
        assertTrue(sum(killed, "policy/kl") > 0);
        assertTrue(Files.exists(killed.directory().resolve("checkpoints/final/adapter/adapter_model.safetensors")));
        assertFalse(Files.exists(killed.directory().resolve("checkpoints/step-12/model/model.safetensors")));
    }

    private Stage assertResumesExactly(StageSpec spec, int seed) throws IOException, InterruptedException {
        Stage whole = new Stage(tiny.directory("whole", spec));
        assertEquals(0, whole.run().code());
        Stage killed = new Stage(tiny.directory("killed", spec));
        int lines = whole.events().size();

        Random random = new Random(seed);
        int kills = 0;
        for (int next = 2 + random.nextInt(5); next < lines - 2; next += 2 + random.nextInt(lines / 2)) {
            int wanted = next;
            try (TrainerProcess trainer = TrainerProcess.start(killed.directory())) {
                trainer.awaitEvents(text -> text.lines().count() >= wanted);
                trainer.process().destroyForcibly();
                trainer.exitCode();
                kills++;
            }
        }
        try (TrainerProcess trainer = TrainerProcess.start(killed.directory())) {
            assertEquals(0, trainer.exitCode(), trainer.log());
        }

        assertTrue(kills >= 2, kills + " kills");
        assertEquals(whole.reproducible(), killed.reproducible());
        assertEquals(whole.result().checkpointDigest(), killed.result().checkpointDigest());
        assertEquals(whole.result().trainedTokens(), killed.result().trainedTokens());
        assertEquals(whole.result().sampledTokens(), killed.result().sampledTokens());
        assertEquals(
                Files.readString(whole.directory().resolve(StageFiles.SCORES)),
                Files.readString(killed.directory().resolve(StageFiles.SCORES)));
        return killed;
    }

    /** The different values of a metric, sorted. */
    private static List<Double> values(Stage stage, String metric) throws IOException {
        return stage.events().stream()
                .filter(event -> event.metrics().containsKey(metric))
                .map(event -> event.metrics().get(metric))
                .distinct()
                .sorted()
                .toList();
    }

    private static double sum(Stage stage, String metric) throws IOException {
        return values(stage, metric).stream().mapToDouble(Double::doubleValue).sum();
    }

    @Test
    void aTermSignalLeavesACheckpointOfTheLastStep() throws IOException, InterruptedException {
        Stage stage = new Stage(tiny.directory("signalled", tiny.sft(ENDLESS, ENDLESS)));
        try (TrainerProcess trainer = TrainerProcess.start(stage.directory())) {
            trainer.awaitEvents(text -> text.lines().count() >= 3);
            trainer.process().destroy();

            assertEquals(ExitCode.STOPPED.code(), trainer.exitCode(), trainer.log());
        }
        assertStoppedWithCheckpoint(stage);
    }

    @Test
    void theStopFileLeavesACheckpointAndTheStageGoesOnFromIt() throws IOException, InterruptedException {
        Stage stage = new Stage(tiny.directory("stopped", tiny.sft(300, 1_000)));
        try (TrainerProcess trainer = TrainerProcess.start(stage.directory())) {
            trainer.awaitEvents(text -> text.lines().count() >= 3);
            Files.createFile(stage.directory().resolve(StageFiles.STOP));

            assertEquals(ExitCode.STOPPED.code(), trainer.exitCode(), trainer.log());
        }
        assertStoppedWithCheckpoint(stage);
        int done = stage.status().step();
        Files.delete(stage.directory().resolve(StageFiles.STOP));

        assertEquals(0, stage.run().code());

        List<Integer> steps = stage.events().stream()
                .filter(event -> !event.metrics().isEmpty() && event.phase().equals("sft"))
                .map(event -> event.step())
                .toList();
        assertTrue(done > 0 && done < 300, "stopped after " + done);
        assertEquals(300, steps.size());
        assertEquals(300, steps.stream().distinct().count());
    }

    @Test
    void aLeaseThatRunsOutEndsTheTrainerWithACheckpoint() throws IOException, InterruptedException {
        StageSpec spec = withLease(tiny.sft(ENDLESS, ENDLESS), 1);
        Stage stage = new Stage(tiny.directory("lease", spec));
        Path lease = Files.createFile(stage.directory().resolve(StageFiles.LEASE));
        Files.setLastModifiedTime(lease, FileTime.from(Instant.now().minusSeconds(60)));
        try (TrainerProcess trainer = TrainerProcess.start(stage.directory())) {
            assertEquals(ExitCode.STOPPED.code(), trainer.exitCode(), trainer.log());
        }
        assertTrue(stage.status().message().contains("lease"), stage.status().message());
    }

    @Test
    void aSecondTrainerFindsTheDirectoryBusyAndTouchesNothing() throws IOException, InterruptedException {
        Stage stage = new Stage(tiny.directory("busy", tiny.sft(ENDLESS, ENDLESS)));
        try (TrainerProcess first = TrainerProcess.start(stage.directory())) {
            first.awaitEvents(text -> text.lines().count() >= 3);

            Stage.Ended second = stage.run();

            assertEquals(ExitCode.BUSY.code(), second.code());
            assertTrue(second.stderr().contains("Another trainer is at work"), second.stderr());
            assertTrue(first.process().isAlive());
            assertEquals(first.process().pid(), stage.status().pid());
        }
    }

    @Test
    void aCheckpointThatDoesNotFitTheDiskLeavesTheLastOne() throws IOException, InterruptedException {
        Stage stage = new Stage(tiny.directory("full", tiny.sft(ENDLESS, ENDLESS)));
        try (TrainerProcess trainer = TrainerProcess.start(stage.directory())) {
            trainer.awaitEvents(text -> text.lines().count() >= 3);
            Files.createFile(stage.directory().resolve(StageFiles.STOP));
            assertEquals(ExitCode.STOPPED.code(), trainer.exitCode(), trainer.log());
        }
        int done = stage.status().step();
        Path checkpoint = stage.directory().resolve("checkpoints/step-" + done);
        assertTrue(Files.exists(checkpoint.resolve("manifest.json")), checkpoint.toString());
        Files.delete(stage.directory().resolve(StageFiles.STOP));

        // The system refuses to let a file grow beyond 64 KiB, less than the weights: as a full disk would in the midst
        // of one.
        try (TrainerProcess trainer = TrainerProcess.start(stage.directory(), "ulimit -f 64; exec \"$@\"")) {
            trainer.awaitEvents(text -> text.lines().count() >= done + 5);
            Files.createFile(stage.directory().resolve(StageFiles.STOP));
            assertEquals(ExitCode.CANNOT_WRITE.code(), trainer.exitCode(), trainer.log());
        }

        assertEquals(StageStatus.State.FAILED, stage.status().state());
        assertTrue(
                stage.status().message().contains("cannot be written"),
                stage.status().message());
        try (var entries = Files.list(stage.directory().resolve("checkpoints"))) {
            assertEquals(List.of(checkpoint), entries.toList());
        }
    }

    /** What the system refuses is more than the process has in all, as on a machine whose memory is used up. */
    private static StageSpec withLease(StageSpec spec, int seconds) {
        return new StageSpec(
                spec.schema(),
                spec.kind(),
                spec.name(),
                spec.domain(),
                spec.model(),
                spec.data(),
                spec.settings(),
                spec.benchmarks(),
                spec.verifierVersions(),
                spec.seed(),
                spec.threads(),
                spec.device(),
                seconds);
    }

    private static void assertStoppedWithCheckpoint(Stage stage) throws IOException {
        StageStatus status = stage.status();
        assertEquals(StageStatus.State.STOPPED, status.state(), status.message());
        assertTrue(status.step() > 0);
        assertTrue(Files.exists(stage.directory().resolve("checkpoints/step-" + status.step() + "/manifest.json")));
        assertFalse(Files.exists(stage.directory().resolve(StageFiles.RESULT)));
    }
}
