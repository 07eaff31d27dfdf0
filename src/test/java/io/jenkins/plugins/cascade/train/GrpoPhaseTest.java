package io.jenkins.plugins.cascade.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.model.CausalLM;
import io.jenkins.plugins.cascade.model.Compute;
import io.jenkins.plugins.cascade.model.Sampling;
import io.jenkins.plugins.cascade.model.Tokenizer;
import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.FilterSettings;
import io.jenkins.plugins.cascade.recipe.GrpoSettings;
import io.jenkins.plugins.cascade.recipe.LossAggregation;
import io.jenkins.plugins.cascade.recipe.LossSettings;
import io.jenkins.plugins.cascade.recipe.OptimizerSettings;
import io.jenkins.plugins.cascade.recipe.PromptFilter;
import io.jenkins.plugins.cascade.recipe.SamplingSettings;
import io.jenkins.plugins.cascade.recipe.Schedule;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import io.jenkins.plugins.cascade.trainer.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrpoPhaseTest {
    private static final int END = 2;

    @TempDir
    Path root;

    private Tokenizer tokenizer;
    private CausalLM policy;
    private final List<PromptTask> asked = new ArrayList<>();

    @BeforeEach
    void load() throws IOException {
        Path folder = TinyModel.write(root);
        tokenizer = Tokenizer.load(folder);
        policy = CausalLM.load(folder, 1);
    }

    @AfterEach
    void close() {
        policy.close();
        tokenizer.close();
    }

    private static GrpoSettings settings(boolean overlongFiltering, double errorBudget, double learningRate) {
        OptimizerSettings optimizer = OptimizerSettings.paper(learningRate, Schedule.CONSTANT, 0);
        return new GrpoSettings(
                optimizer, 5, 4, 4, new SamplingSettings(1, 1, 0, 3), 0, 0.25, overlongFiltering, errorBudget, 8, 5);
    }

    private interface Judging {
        Reward of(PromptTask task, int place);
    }

    private GrpoPhase phase(GrpoSettings settings, IntFunction<Reward> byPlace) {
        return phase(settings, byPlace, null);
    }

    private GrpoPhase phase(GrpoSettings settings, IntFunction<Reward> byPlace, ReferencePolicy reference) {
        return phase(settings, (task, place) -> byPlace.apply(place), reference);
    }

    private GrpoPhase phaseByTask(GrpoSettings settings, Judging judging) {
        return phase(settings, judging, null);
    }

    /** Judges by prompt and by place in the step, as no real judge can be made to. */
    private GrpoPhase phase(GrpoSettings settings, Judging judging, ReferencePolicy reference) {
        RewardSource judge = rollouts -> {
            List<Reward> rewards = new ArrayList<>();
            for (int i = 0; i < rollouts.size(); i++) {
                asked.add(rollouts.get(i).task());
                rewards.add(judging.of(rollouts.get(i).task(), i));
            }
            return rewards;
        };
        PromptSchedule schedule = new PromptSchedule(tasks(10, 5), tasks(3, 15), settings, 9);
        RolloutSampler sampler = new RolloutSampler(policy, tokenizer, 9);
        GroupCollector collector = new GroupCollector(settings, schedule, sampler, judge);
        return new GrpoPhase(policy, settings, GrpoPhaseTest::sampling, schedule, collector, reference, null);
    }

    private static Sampling sampling(SamplingSettings settings) {
        return new Sampling(settings.temperature(), settings.topP(), 0, settings.maxTokens(), Set.of(END), 64);
    }

    private static List<PromptTask> tasks(int count, int first) {
        List<PromptTask> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tasks.add(new PromptTask("", List.of(), new int[] {1, first + i}, null));
        }
        return tasks;
    }

    private float[] weights() {
        return policy.parameters().get(1).toArray();
    }

    @Test
    void aQuarterOfThePromptsIsReplayedAndEveryPromptIsAskedOncePerEpoch() {
        try (GrpoPhase phase = phase(settings(false, 0, 1e-3), i -> Reward.of(i % 2))) {
            for (int step = 1; step <= 5; step++) {
                phase.step(step);
            }
        }
        List<Integer> own = own(asked);
        assertEquals(15, own.size());
        assertEquals(10, own.subList(0, 10).stream().distinct().count());
    }

    /** The stage's own prompts in the order they were asked; every fourth group is a replayed one. */
    private static List<Integer> own(List<PromptTask> asked) {
        List<Integer> own = new ArrayList<>();
        for (int i = 0; i < asked.size(); i += 4) {
            boolean replayed = i / 4 % 4 == 3;
            int token = asked.get(i).tokens()[1];
            assertEquals(replayed, token >= 15, "prompt " + i / 4);
            if (!replayed) {
                own.add(token);
            }
        }
        return own;
    }

    @Test
    void missingRewardsWithinTheBudgetAreMaskedAndCounted() {
        try (GrpoPhase phase =
                phase(settings(false, 0.25, 1e-3), i -> i < 4 ? Reward.missing("sandbox is gone") : Reward.of(i % 2))) {
            StepReport report = phase.step(1);

            assertEquals(4, report.metrics().get("reward/missing"));
            assertEquals(0.5, report.metrics().get("reward/mean"));
            assertEquals(1, report.metrics().get("reward/zero_spread_groups"));
        }
    }

    @Test
    void missingRewardsAboveTheBudgetEndTheStageWithCountsAndTheFirstReason() {
        float[] before = weights();
        try (GrpoPhase phase =
                phase(settings(false, 0.25, 1e-3), i -> i < 5 ? Reward.missing("reason " + i) : Reward.of(1))) {
            StageFailure failure = assertThrows(StageFailure.class, () -> phase.step(1));

            assertEquals(ExitCode.REWARDS_FAILED, failure.exitCode());
            assertTrue(failure.getMessage().startsWith("5 of 16 rewards of policy step 1"), failure.getMessage());
            assertTrue(failure.getMessage().contains("reason 0"), failure.getMessage());
        }
        assertArrayEquals(before, weights());
    }

    @Test
    void aStepWithoutSpreadChangesNothing() {
        float[] before = weights();
        try (GrpoPhase phase = phase(settings(false, 0, 1e-3), i -> Reward.of(1))) {
            StepReport report = phase.step(1);

            assertEquals(4, report.metrics().get("reward/zero_spread_groups"));
            assertEquals(0, report.metrics().get("train/grad_norm"));
        }
        assertArrayEquals(before, weights());
    }

    @Test
    void truncatedAnswersLeaveTheUpdateOnlyUnderOverlongFiltering() {
        long all;
        try (GrpoPhase phase = phase(settings(false, 0, 1e-3), i -> Reward.of(i % 4))) {
            StepReport report = phase.step(1);
            all = report.trainedTokens();
            assertTrue(report.metrics().get("rollout/truncated") > 0.5, report.toString());
        }
        try (GrpoPhase phase = phase(settings(true, 0, 1e-3), i -> Reward.of(i % 4))) {
            assertTrue(phase.step(1).trainedTokens() < all / 2);
        }
    }

    @Test
    void theFilterByBatchReplacesGroupsWithoutSpreadUntilTheStepIsFull() {
        GrpoSettings settings = settings(false, 0, 1e-3).with(new FilterSettings(PromptFilter.BATCH, 10, 0.1, 0.01));
        // Prompts 5, 8, 11 and 14 teach nothing, whenever they are asked.
        try (GrpoPhase phase = phaseByTask(settings, (task, i) -> Reward.of(task.tokens()[1] % 3 == 2 ? 1 : i % 2))) {
            for (int step = 1; step <= 4; step++) {
                asked.clear();
                StepReport report = phase.step(step);

                Set<PromptTask> distinct = new java.util.LinkedHashSet<>(asked);
                long dropped = distinct.stream()
                        .filter(task -> task.tokens()[1] % 3 == 2)
                        .count();
                double drawn = 4 + report.metrics().get("filter/dropped_groups");
                assertEquals(16 * drawn / 4, asked.size());
                assertEquals(dropped, report.metrics().get("filter/dropped_groups"), "step " + step);
                assertEquals(dropped / drawn, report.metrics().get("reward/zero_spread_share"), 1e-12);
                assertEquals(dropped > 0, report.metrics().get("filter/refills") > 0);
            }
        }
    }

    @Test
    void theFilterByBatchEndsWhenItsRefillsAreUsedUp() {
        float[] before = weights();
        GrpoSettings settings = settings(false, 0, 1e-3).with(new FilterSettings(PromptFilter.BATCH, 3, 0.1, 0.01));
        try (GrpoPhase phase = phase(settings, i -> Reward.of(1))) {
            StepReport report = phase.step(1);

            assertEquals(64, asked.size());
            assertEquals(3, report.metrics().get("filter/refills"));
            assertEquals(16, report.metrics().get("filter/dropped_groups"));
        }
        assertArrayEquals(before, weights());
    }

    @Test
    void theFilterByEpochAsksNothingTwiceThatEverybodySolved() {
        GrpoSettings settings = settings(false, 0, 1e-3).with(new FilterSettings(PromptFilter.EPOCH, 1, 0, 0));
        try (GrpoPhase phase = phaseByTask(settings, (task, i) -> Reward.of(task.tokens()[1] < 10 ? 1 : i % 2))) {
            for (int step = 1; step <= 5; step++) {
                phase.step(step);
            }
        }
        List<Integer> own = own(asked);
        List<Integer> second = own.subList(10, 15);
        assertEquals(10, own.subList(0, 10).stream().distinct().count());
        // The last prompt of the first epoch was not judged yet when the second began in the midst of the same step.
        int unjudged = own.get(9);
        assertTrue(second.stream().allMatch(token -> token >= 10 || token == unjudged), second.toString());
        assertEquals(5, second.stream().distinct().count());
    }

    @Test
    void theDivergenceFromTheStartIsZeroAtFirstAndGrows() {
        GrpoSettings settings = settings(false, 0, 1e-2).with(new LossSettings(LossAggregation.TOKEN, true, 0.1));
        try (ReferencePolicy start = new ReferencePolicy(root, 1, Compute.CPU);
                GrpoPhase phase = phase(settings, i -> Reward.of(i % 3), start)) {
            assertEquals(0, phase.step(1).metrics().get("policy/kl"), 1e-9);
            for (int step = 2; step <= 4; step++) {
                phase.step(step);
            }
            assertTrue(phase.step(5).metrics().get("policy/kl") > 1e-5);
        }
    }

    @Test
    void aDivergedModelEndsTheStageWithItsNumbers() {
        try (GrpoPhase phase = phase(settings(false, 0, 1e30), i -> Reward.of(i % 4))) {
            StageFailure failure = assertThrows(StageFailure.class, () -> {
                for (int step = 1; step <= 5; step++) {
                    phase.step(step);
                }
            });

            assertEquals(ExitCode.NUMERIC_FAILURE, failure.exitCode());
            assertTrue(failure.getMessage().contains("of 5 is "), failure.getMessage());
            assertFalse(failure.getMessage().contains("\n"));
        }
    }

    @Test
    void theRewardModelSeesTheFinalAnswerOrTheUnfinishedText() {
        assertEquals("5 thanks", RewardModelReward.finalAnswer("<think> 2 + 3 </think> 5 thanks"));
        assertEquals("<think> 2 + 3", RewardModelReward.finalAnswer("<think> 2 + 3"));
    }

    @Test
    void promptsWithAVerifierGoToItAndTheOthersToTheRewardModel() {
        RewardSource verifier =
                rollouts -> rollouts.stream().map(r -> Reward.of(1)).toList();
        RewardSource model =
                rollouts -> rollouts.stream().map(r -> Reward.of(2)).toList();
        PromptTask plain = new PromptTask("", List.of(), new int[] {1}, null);
        PromptTask verified = new PromptTask(
                "",
                List.of(),
                new int[] {1},
                com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode());
        List<Rollout> rollouts = Arrays.asList(
                new Rollout(plain, new int[] {3}, "", false),
                new Rollout(verified, new int[] {3}, "", false),
                new Rollout(plain, new int[] {3}, "", false));

        List<Reward> rewards = new EitherReward(verifier, model).judge(rollouts);

        assertArrayEquals(
                new double[] {2, 1, 2},
                rewards.stream().mapToDouble(Reward::value).toArray());
        assertNull(rewards.get(0).problem());
    }
}
