package io.jenkins.plugins.cascade.train;

import io.jenkins.plugins.cascade.verify.Verdict;
import io.jenkins.plugins.cascade.verify.VerificationTask;
import io.jenkins.plugins.cascade.verify.Verifiers;
import java.util.List;

/** The reward of a verifier: its score, or none where its machinery failed (Nemotron-Cascade, sections 4.4 to 4.7). */
record VerifierReward(Verifiers verifiers) implements RewardSource {

    @Override
    public List<Reward> judge(List<Rollout> rollouts) {
        List<VerificationTask> tasks = rollouts.stream()
                .map(rollout -> new VerificationTask(
                        rollout.task().text(), rollout.text(), rollout.task().verifier()))
                .toList();
        return verifiers.verifyAll(tasks).stream().map(VerifierReward::reward).toList();
    }

    private static Reward reward(Verdict verdict) {
        return verdict.outcome().isInfrastructure()
                ? Reward.missing(verdict.outcome() + ": " + verdict.detail())
                : Reward.of(verdict.score());
    }
}
