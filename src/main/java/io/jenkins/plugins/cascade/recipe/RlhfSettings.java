package io.jenkins.plugins.cascade.recipe;

/**
 * RLHF: a reward model, then GRPO on its score (paper, sections 4.2 and 4.3). With a file of the role reward-model that model is taken.
 *
 * @param rewardModel how the reward model is trained
 * @param policy how the policy is trained on its score
 * @param numerics how both compute; null for float32
 */
public record RlhfSettings(RewardModelSettings rewardModel, GrpoSettings policy, NumericSettings numerics)
        implements StageSettings {
    public RlhfSettings {
        numerics = numerics == null ? NumericSettings.DEFAULT : numerics;
    }

    /** In float32. */
    public RlhfSettings(RewardModelSettings rewardModel, GrpoSettings policy) {
        this(rewardModel, policy, null);
    }

    @Override
    public int checkpointsKept() {
        return policy.keepCheckpoints();
    }
}
