package io.jenkins.plugins.cascade.train;

import io.jenkins.plugins.cascade.verify.Verdict;
import io.jenkins.plugins.cascade.verify.VerificationTask;
import io.jenkins.plugins.cascade.verify.Verifiers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The reward of a verifier: its score, or none where its machinery failed (Nemotron-Cascade, sections 4.4 to 4.7). Verdicts are made in the
 * verifiers' bounded pool from the moment a rollout is finished (section 4.6.2: rewards of a batch in 416 s in place of 1172 s); equal answers
 * to equal prompts share one.
 */
final class VerifierReward implements RewardSource {
    private final Verifiers verifiers;
    private final Map<VerificationTask, CompletableFuture<Verdict>> started = new HashMap<>();

    VerifierReward(Verifiers verifiers) {
        this.verifiers = verifiers;
    }

    @Override
    public void announce(Rollout rollout) {
        verdict(rollout);
    }

    @Override
    public List<Reward> judge(List<Rollout> rollouts) {
        List<CompletableFuture<Verdict>> verdicts =
                rollouts.stream().map(this::verdict).toList();
        List<Reward> rewards =
                verdicts.stream().map(verdict -> reward(verdict.join())).toList();
        started.clear();
        return rewards;
    }

    private CompletableFuture<Verdict> verdict(Rollout rollout) {
        PromptTask task = rollout.task();
        return started.computeIfAbsent(
                new VerificationTask(task.text(), rollout.text(), task.verifier()), verifiers::start);
    }

    private static Reward reward(Verdict verdict) {
        return verdict.outcome().isInfrastructure()
                ? Reward.missing(verdict.outcome() + ": " + verdict.detail())
                : Reward.of(verdict.score());
    }
}
