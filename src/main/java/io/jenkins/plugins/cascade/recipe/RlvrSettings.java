package io.jenkins.plugins.cascade.recipe;

/**
 * Reinforcement learning with the verifiable rewards of one domain (paper, sections 4.4 to 4.7). With a file of the role reward-model its
 * score, normalised within the group, is added where the verifier is satisfied (section 4.4, instruction following of the thinking models).
 *
 * @param policy how the policy is trained on the verifier's outcome
 */
public record RlvrSettings(GrpoSettings policy) implements StageSettings {
    @Override
    public int checkpointsKept() {
        return policy.keepCheckpoints();
    }
}
