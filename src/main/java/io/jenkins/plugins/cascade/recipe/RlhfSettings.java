package io.jenkins.plugins.cascade.recipe;

/**
 * RLHF: a reward model, then GRPO on its score (paper, sections 4.2 and 4.3). With a file of the role reward-model that model is taken.
 *
 * @param rewardModel how the reward model is trained
 * @param policy how the policy is trained on its score
 */
public record RlhfSettings(RewardModelSettings rewardModel, GrpoSettings policy) implements StageSettings {
    @Override
    public int checkpointsKept() {
        return policy.keepCheckpoints();
    }
}
