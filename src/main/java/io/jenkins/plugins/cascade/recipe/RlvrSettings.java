package io.jenkins.plugins.cascade.recipe;

/**
 * Reinforcement learning with the verifiable rewards of one domain (paper, sections 4.4 to 4.7).
 *
 * @param policy how the policy is trained on the verifier's outcome
 */
public record RlvrSettings(GrpoSettings policy) implements StageSettings {}
