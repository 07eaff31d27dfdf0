package io.jenkins.plugins.cascade.recipe;

/**
 * Reinforcement learning with the verifiable rewards of one domain (paper, sections 4.4 to 4.7). With a file of the role reward-model its
 * score, normalised within the group, is added where the verifier is satisfied (section 4.4, instruction following of the thinking models).
 *
 * @param policy how the policy is trained on the verifier's outcome
 * @param numerics how it computes; null for float32
 */
public record RlvrSettings(GrpoSettings policy, NumericSettings numerics) implements StageSettings {
    public RlvrSettings {
        numerics = numerics == null ? NumericSettings.DEFAULT : numerics;
    }

    /** In float32. */
    public RlvrSettings(GrpoSettings policy) {
        this(policy, null);
    }

    @Override
    public int checkpointsKept() {
        return policy.keepCheckpoints();
    }
}
