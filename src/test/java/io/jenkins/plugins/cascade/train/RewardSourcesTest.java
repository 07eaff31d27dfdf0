package io.jenkins.plugins.cascade.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.cascade.model.CausalLM;
import io.jenkins.plugins.cascade.model.Sampling;
import io.jenkins.plugins.cascade.model.Tokenizer;
import io.jenkins.plugins.cascade.trainer.TinyModel;
import io.jenkins.plugins.cascade.verify.Canary;
import io.jenkins.plugins.cascade.verify.Verdict;
import io.jenkins.plugins.cascade.verify.Verifier;
import io.jenkins.plugins.cascade.verify.Verifiers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewardSourcesTest {
    @TempDir
    Path root;

    private static final JsonNode SPEC = JsonNodeFactory.instance.objectNode().put("type", "slow");
    private static final PromptTask TASK = new PromptTask("asked", List.of(), new int[] {1}, SPEC);

    private static Rollout rollout(String text) {
        return new Rollout(TASK, new int[] {3}, text, false);
    }

    private static RewardSource fixed(double... rewards) {
        return rollouts -> {
            List<Reward> given = new ArrayList<>();
            for (int i = 0; i < rollouts.size(); i++) {
                given.add(Double.isNaN(rewards[i]) ? Reward.missing("missing " + i) : Reward.of(rewards[i]));
            }
            return given;
        };
    }

    @Test
    void whereTheRuleIsSatisfiedTheNormalisedScoreIsAddedThroughTheLogisticFunction() {
        RewardSource rule = fixed(1, 0, 1, Double.NaN, 0, 0, 0, 0, 1, 1, 1, 1);
        // The second group satisfies the rule nowhere: only the other two are shown to the model.
        RewardSource model = fixed(2, 4, -1, 3, 7, 7, 7, Double.NaN);
        List<Rollout> rollouts = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            rollouts.add(rollout("answer " + i));
        }

        List<Reward> rewards = new RuleAndModelReward(rule, model, 4).judge(rollouts);

        double[] values = rewards.stream().mapToDouble(Reward::value).toArray();
        // (2 - 2) / std = 0; mean 2, standard deviation (n - 1) of 2, 4, -1, 3 is sqrt(14 / 3).
        double third = 1 + 1 / (1 + Math.exp(3 / Math.sqrt(14.0 / 3)));
        assertArrayEquals(
                new double[] {1.5, 0, third, Double.NaN, 0, 0, 0, 0, 1.5, 1.5, 1.5, Double.NaN}, values, 1e-12);
        assertEquals("missing 3", rewards.get(3).problem());
        assertEquals("missing 7", rewards.get(11).problem());
    }

    /** A verifier that waits for a signal, as no real one can be made to; counts how many wait. */
    private static final class Gate implements Verifier {
        private final CountDownLatch begun;
        private final CountDownLatch open = new CountDownLatch(1);

        Gate(int expected) {
            begun = new CountDownLatch(expected);
        }

        @Override
        public String type() {
            return "slow";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public void check(JsonNode spec) {}

        @Override
        public Verdict verify(String prompt, String response, JsonNode spec) {
            begun.countDown();
            try {
                assertTrue(open.await(20, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                return Verdict.error("interrupted");
            }
            return response.equals("broken") ? Verdict.error("gone") : Verdict.pass("fine");
        }

        @Override
        public List<Canary> canaries() {
            return List.of();
        }
    }

    @Test
    void rewardsAreMadeWhileOtherRolloutsAreStillDrawnAndComeInTheOrderOfTheRollouts() throws Exception {
        Gate gate = new Gate(1);
        try (Verifiers verifiers = Verifiers.with(List.of(gate))) {
            VerifierReward judge = new VerifierReward(verifiers);
            judge.announce(rollout("second"));
            judge.announce(rollout("broken"));
            assertTrue(gate.begun.await(20, TimeUnit.SECONDS), "Nothing is judged before the last rollout.");
            gate.open.countDown();

            List<Reward> rewards = judge.judge(List.of(rollout("broken"), rollout("second"), rollout("third")));

            assertArrayEquals(
                    new double[] {Double.NaN, 1, 1},
                    rewards.stream().mapToDouble(Reward::value).toArray());
            assertTrue(rewards.get(0).problem().contains("gone"), rewards.get(0).problem());
        }
    }

    /** A verifier that counts how many of it are at work and that one has ended, as no real one can be made to. */
    private static final class Counter implements Verifier {
        private final CountDownLatch ended = new CountDownLatch(1);
        private final AtomicInteger atWork = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        @Override
        public String type() {
            return "slow";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public void check(JsonNode spec) {}

        @Override
        public Verdict verify(String prompt, String response, JsonNode spec) {
            most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
            try {
                return Verdict.pass("fine");
            } finally {
                atWork.decrementAndGet();
                ended.countDown();
            }
        }

        @Override
        public List<Canary> canaries() {
            return List.of();
        }
    }

    @Test
    void theFirstRewardIsThereBeforeTheLastRolloutIsDrawnAndThePoolIsBounded() throws Exception {
        Counter verifier = new Counter();
        Path folder = TinyModel.write(root);
        List<PromptTask> tasks = Collections.nCopies(4, TASK);
        try (Verifiers verifiers = Verifiers.with(List.of(verifier));
                Tokenizer tokenizer = Tokenizer.load(folder);
                CausalLM policy = CausalLM.load(folder, 1)) {
            VerifierReward judge = new VerifierReward(verifiers);
            AtomicInteger drawn = new AtomicInteger();
            // Two sequences at a time: the sampler itself waits here, so that a reward made afterwards would never
            // come.
            Sampling sampling = new Sampling(1, 1, 0, 3, Set.of(2), 2);
            List<Rollout> rollouts = new RolloutSampler(policy, tokenizer, 9)
                    .sample(tasks, 8, 1, 0, sampling, rollout -> {
                        judge.announce(rollout);
                        if (drawn.incrementAndGet() == 32) {
                            awaitEnd(verifier);
                        }
                    });

            List<Reward> rewards = judge.judge(rollouts);

            assertEquals(32, rewards.size());
            assertTrue(rewards.stream().allMatch(reward -> reward.value() == 1), rewards.toString());
            assertTrue(verifier.most.get() <= Runtime.getRuntime().availableProcessors(), verifier.most.toString());
        }
    }

    private static void awaitEnd(Counter verifier) {
        try {
            assertTrue(verifier.ended.await(20, TimeUnit.SECONDS), "No reward is made while rollouts are drawn.");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
