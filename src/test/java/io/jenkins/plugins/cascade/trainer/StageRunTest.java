package io.jenkins.plugins.cascade.trainer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.recipe.CurriculumSettings;
import io.jenkins.plugins.cascade.recipe.DataFile;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.GrpoSettings;
import io.jenkins.plugins.cascade.recipe.LossAggregation;
import io.jenkins.plugins.cascade.recipe.LossSettings;
import io.jenkins.plugins.cascade.recipe.OptimizerSettings;
import io.jenkins.plugins.cascade.recipe.RewardModelSettings;
import io.jenkins.plugins.cascade.recipe.RlhfSettings;
import io.jenkins.plugins.cascade.recipe.Schedule;
import io.jenkins.plugins.cascade.recipe.SftSettings;
import io.jenkins.plugins.cascade.recipe.StageEvent;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.recipe.StageStatus;
import io.jenkins.plugins.cascade.recipe.TrainerResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageRunTest {
    @TempDir
    Path root;

    private TinyStage tiny;

    @BeforeEach
    void writeModel() throws IOException {
        tiny = new TinyStage(root);
    }

    @Test
    void aLearningRateThatBreaksTheNumbersEndsWithItsOwnCodeAndKeepsTheCheckpoint() throws IOException {
        SftSettings good = (SftSettings) tiny.sft(60, 1).settings();
        OptimizerSettings steep = new OptimizerSettings(1e38, 1, 0, Schedule.CONSTANT, 0.9, 0.95, 1e-8, 0, 0);
        SftSettings broken = new SftSettings(steep, 60, good.batchSize(), good.maxTokens(), good.microBatch(), 1);
        StageSpec spec = tiny.sft(60, 1);
        Stage stage = new Stage(tiny.directory("broken", tiny.spec(spec.kind(), broken, spec.data())));

        Stage.Ended ended = stage.run();

        assertEquals(ExitCode.NUMERIC_FAILURE.code(), ended.code(), ended.stderr());
        String sentence = stage.status().message();
        assertTrue(sentence.contains("1.0E38"), sentence);
        assertTrue(sentence.contains("lower learningRate"), sentence);
        assertTrue(sentence.contains("the last checkpoint is kept"), sentence);
        assertTrue(Files.exists(stage.directory().resolve("checkpoints")), "no checkpoint");
    }

    @Test
    void fineTuningOnACopyTaskLowersTheLossAndScores() throws IOException {
        Stage stage = new Stage(tiny.directory("sft", tiny.sft(120, 50)));

        Stage.Ended ended = stage.run();

        assertEquals(0, ended.code(), ended.stderr());
        List<StageEvent> steps = stage.events().stream()
                .filter(event ->
                        event.kind() == StageEvent.Kind.STEP && event.phase().equals("sft"))
                .toList();
        assertEquals(120, steps.size());
        double first = steps.get(0).metrics().get("train/loss");
        double last = steps.get(119).metrics().get("train/loss");
        assertTrue(last < first / 5, first + " -> " + last);
        assertEquals(StageStatus.State.DONE, stage.status().state());
        TrainerResult result = stage.result();
        assertTrue(result.scores().get("copying") > 0.6, result.toString());
        assertTrue(Files.exists(stage.directory().resolve(result.checkpoint()).resolve("model.safetensors")));
        assertTrue(Files.exists(stage.directory().resolve(result.checkpoint()).resolve("tokenizer.json")));
        assertEquals(
                12,
                Files.readAllLines(stage.directory().resolve(StageFiles.SCORES)).size());
    }

    @Test
    void grpoOnAVerifiableTaskRaisesItsReward() throws IOException {
        Stage stage = new Stage(tiny.directory("rlvr", tiny.rlvr(TinyStage.grpo(40, 20))));

        Stage.Ended ended = stage.run();

        assertEquals(0, ended.code(), ended.stderr());
        double[] rewards = stage.events().stream()
                .filter(event -> event.phase().equals("policy") && event.kind() == StageEvent.Kind.STEP)
                .mapToDouble(event -> event.metrics().get("reward/mean"))
                .toArray();
        double first = mean(rewards, 0, 5);
        double last = mean(rewards, 35, 40);
        assertTrue(last > first + 0.4, first + " -> " + last);
    }

    @Test
    void rlhfTrainsARewardModelAndThenThePolicyOnItsScore() throws IOException {
        Stage stage = new Stage(tiny.directory("rlhf", tiny.rlhf(TinyStage.grpo(30, 20), 0.8)));

        Stage.Ended ended = stage.run();

        assertEquals(0, ended.code(), ended.stderr());
        assertTrue(stage.result().metrics().get("reward_model/heldout_accuracy") >= 0.8);
        double[] rewards = stage.events().stream()
                .filter(event -> event.phase().equals("policy") && event.kind() == StageEvent.Kind.STEP)
                .mapToDouble(event -> event.metrics().get("reward/mean"))
                .toArray();
        assertTrue(mean(rewards, 25, 30) > mean(rewards, 0, 5), List.of(rewards).toString());
    }

    @Test
    void aGivenRewardModelIsMeasuredOnAllPairsAndNotTrained() throws IOException {
        Stage stage = new Stage(tiny.directory("given", tiny.rlhfWithGivenModel(TinyStage.grpo(2, 2), 0, 4)));

        Stage.Ended ended = stage.run();

        assertEquals(0, ended.code(), ended.stderr());
        List<StageEvent> measured = stage.events().stream()
                .filter(event -> event.phase().equals("reward-model") && event.kind() == StageEvent.Kind.STEP)
                .toList();
        assertEquals(1, measured.size());
        double accuracy = measured.get(0).metrics().get("reward_model/heldout_accuracy");
        assertTrue(accuracy >= 0 && accuracy <= 1 && accuracy * 50 == Math.rint(accuracy * 50), "" + accuracy);
        assertFalse(Files.exists(stage.directory().resolve("checkpoints/reward-model")));
    }

    @Test
    void aGivenRewardModelThatOrdersTooFewPairsEndsTheStageBeforeThePolicy() throws IOException {
        Stage stage = new Stage(tiny.directory("weak", tiny.rlhfWithGivenModel(TinyStage.grpo(2, 2), 1, 5)));

        Stage.Ended ended = stage.run();

        assertEquals(ExitCode.BAD_INPUT.code(), ended.code());
        assertTrue(ended.stderr().contains("of 50 held-out pairs rightly"), ended.stderr());
    }

    @Test
    void everyStepReportsWhatStageEventDocuments() throws IOException {
        GrpoSettings settings = TinyStage.grpo(1, 1).with(new LossSettings(LossAggregation.TOKEN, true, 0.1));
        Stage stage = new Stage(tiny.directory("metrics", tiny.rlhf(settings, 0)));

        assertEquals(0, stage.run().code());

        Set<String> everyPhase = Set.of(
                "train/loss",
                "train/grad_norm",
                "train/learning_rate",
                "speed/tokens_per_second",
                "time/update",
                "memory/rss_mb");
        List<String> policy = List.of(("reward/mean reward/std reward/missing reward/zero_spread_groups"
                        + " reward/zero_spread_share reward/language_switches rollout/length rollout/length_max"
                        + " rollout/truncated rollout/masked rollout/temperature rollout/top_p rollout/max_tokens"
                        + " time/rollout time/reward policy/entropy policy/kl filter/dropped_groups filter/refills"
                        + " filter/admitted_share")
                .split(" "));
        int policySteps = 0;
        for (StageEvent event : stage.events()) {
            boolean ofPolicy = event.phase().equals("policy");
            if (event.kind() == StageEvent.Kind.STEP && !event.phase().equals(StageRecorder.EVALUATION)) {
                Set<String> names = event.metrics().keySet();
                assertTrue(names.containsAll(everyPhase), names.toString());
                policy.forEach(name -> assertEquals(ofPolicy, names.contains(name), name));
                assertEquals(event.phase().equals("reward-model"), names.contains("train/accuracy"));
                policySteps += ofPolicy ? 1 : 0;
            }
        }
        assertEquals(1, policySteps);
        assertEquals(
                1,
                metric(stage, "reward-model", "reward_model/heldout_accuracy").stream()
                        .filter(Objects::nonNull)
                        .count());
    }

    @Test
    void aTrainedRewardModelThatOrdersTooFewHeldOutPairsEndsTheStageBeforeThePolicy() throws IOException {
        // Whatever is preferred to something is also not: no model can order more than half of such pairs.
        String pairs = IntStream.range(0, 40)
                .mapToObj(i -> "{\"prompt\":\"say " + i % 5 + "\",\"chosen\":\"" + (i % 2 == 0 ? "red" : "blue")
                        + "\",\"rejected\":\"" + (i % 2 == 0 ? "blue" : "red") + "\"}\n")
                .collect(Collectors.joining());
        StageSpec spec = tiny.rlhf(TinyStage.grpo(2, 2), 0.9);
        List<DataFile> files = new ArrayList<>(spec.data());
        files.set(0, tiny.data(DataRole.PREFERENCES, "contradictions.jsonl", pairs));
        Stage stage = new Stage(tiny.directory("untrained", tiny.spec(StageKind.RLHF, spec.settings(), files)));

        Stage.Ended ended = stage.run();

        assertEquals(ExitCode.BAD_INPUT.code(), ended.code());
        assertTrue(
                ended.stderr().contains("of 8 held-out pairs rightly, but at least 90.0 % are required"),
                ended.stderr());
        assertTrue(stage.events().stream().noneMatch(event -> event.phase().equals("policy")));
    }

    @Test
    void answersThatTheModelHasNoRoomForAreRefusedInOneSentence() throws IOException {
        GrpoSettings settings = TinyStage.grpo(1, 1).with(new CurriculumSettings(List.of(32, 512), 0.1, 1, 0, 1));

        Stage.Ended ended = new Stage(tiny.directory("long", tiny.rlvr(settings))).run();

        assertEquals(ExitCode.BAD_INPUT.code(), ended.code());
        assertTrue(
                ended.stderr().contains("asks for answers of up to 512 tokens, but the model takes 64"),
                ended.stderr());
    }

    @Test
    void aRewardModelThatChangedIsNotResumedWith() throws IOException {
        StageSpec spec = tiny.rlhf(TinyStage.grpo(4, 2), 0);
        Stage stage = new Stage(tiny.directory("changed", spec));
        assertEquals(0, stage.run().code());
        Files.delete(stage.directory().resolve(StageFiles.RESULT));
        Path config = stage.directory().resolve("checkpoints/reward-model/config.json");
        Files.writeString(config, Files.readString(config) + " ");

        Stage.Ended ended = stage.run();

        assertEquals(ExitCode.BAD_INPUT.code(), ended.code());
        assertTrue(ended.stderr().contains("changed since the checkpoint step-"), ended.stderr());
    }

    @Test
    void theRewardModelsMicroBatchesGiveTheWholeBatchsNumbers() throws IOException {
        StageSpec spec = tiny.rlhf(TinyStage.grpo(1, 1), 0);
        RlhfSettings whole = (RlhfSettings) spec.settings();
        RewardModelSettings model = whole.rewardModel();
        RlhfSettings parts = new RlhfSettings(
                new RewardModelSettings(
                        model.optimizer(),
                        model.epochs(),
                        model.batchSize(),
                        model.maxTokens(),
                        model.heldOutFraction(),
                        model.minAccuracy(),
                        3),
                whole.policy());

        List<Double> atOnce = losses(spec, "at-once");
        List<Double> inParts = losses(tiny.spec(StageKind.RLHF, parts, spec.data()), "in-parts");

        assertEquals(10, atOnce.size());
        for (int i = 0; i < atOnce.size(); i++) {
            assertEquals(atOnce.get(i), inParts.get(i), 1e-4, "step " + (i + 1));
        }
    }

    private List<Double> losses(StageSpec spec, String name) throws IOException {
        Stage stage = new Stage(tiny.directory(name, spec));
        assertEquals(0, stage.run().code());
        return metric(stage, spec.kind() == StageKind.SFT ? "sft" : "reward-model", "train/loss");
    }

    private static List<Double> metric(Stage stage, String phase, String metric) throws IOException {
        return stage.events().stream()
                .filter(event -> event.phase().equals(phase) && event.kind() == StageEvent.Kind.STEP)
                .map(event -> event.metrics().get(metric))
                .toList();
    }

    @Test
    void phasesHaveTheirOwnDataLengthAndRateAndCountTheirStepsTogether() throws IOException {
        Stage stage = new Stage(tiny.directory("phases", tiny.sftInPhases(4, 3, 100, false)));

        Stage.Ended ended = stage.run();

        assertEquals(0, ended.code(), ended.stderr());
        assertEquals(List.of(1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0), metric(stage, "sft", "train/phase"));
        // Two steps of warm-up, then linear to a tenth at the last step of the phase; 8 of 30 and 6 of 20 conversations
        // a step.
        assertRates(
                new double[] {2.5e-3, 5e-3, 2.75e-3, 5e-4, 1e-3, 2e-3, 2e-4},
                metric(stage, "sft", "train/learning_rate"));
        assertRates(
                new double[] {8 / 30.0, 16 / 30.0, 24 / 30.0, 32 / 30.0, 0.3, 0.6, 0.9},
                metric(stage, "sft", "train/epoch"));
    }

    private static void assertRates(double[] expected, List<Double> actual) {
        assertArrayEquals(
                expected, actual.stream().mapToDouble(Double::doubleValue).toArray(), 1e-12);
    }

    @Test
    void packedConversationsGiveThePaddedOnesLosses() throws IOException {
        List<Double> padded = losses(tiny.sftInPhases(6, 6, 100, false), "padded");
        List<Double> packed = losses(tiny.sftInPhases(6, 6, 100, true), "packed");

        assertEquals(12, padded.size());
        for (int i = 0; i < padded.size(); i++) {
            assertEquals(padded.get(i), packed.get(i), 1e-4, "step " + (i + 1));
        }
        assertEquals(padded.get(0), packed.get(0), 1e-5);
    }

    @Test
    void everyPhaseNeedsAFile() throws IOException {
        StageSpec two = tiny.sftInPhases(4, 3, 100, false);
        StageSpec one = tiny.spec(StageKind.SFT, two.settings(), two.data().subList(0, 1));

        Stage.Ended ended = new Stage(tiny.directory("lacking", one)).run();

        assertEquals(ExitCode.BAD_INPUT.code(), ended.code());
        assertTrue(ended.stderr().contains("has 1 files of the role sft for 2 phases"), ended.stderr());
    }

    @Test
    void twoRunsOfOneSpecificationAgreeInEveryNumber() throws IOException {
        Stage one = new Stage(tiny.directory("one", tiny.rlhf(TinyStage.grpo(4, 2), 0)));
        Stage two = new Stage(tiny.directory("two", tiny.rlhf(TinyStage.grpo(4, 2), 0)));

        assertEquals(0, one.run().code());
        assertEquals(0, two.run().code());

        assertEquals(one.reproducible(), two.reproducible());
        assertEquals(one.result().checkpointDigest(), two.result().checkpointDigest());
        assertEquals(
                Files.readString(one.directory().resolve(StageFiles.SCORES)),
                Files.readString(two.directory().resolve(StageFiles.SCORES)));
    }

    private static double mean(double[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum / (to - from);
    }
}
