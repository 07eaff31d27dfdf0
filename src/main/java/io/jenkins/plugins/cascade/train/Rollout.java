package io.jenkins.plugins.cascade.train;

/**
 * One answer of the policy.
 *
 * @param task what was asked
 * @param tokens the answer's tokens, the stop token included if there is one
 * @param text the answer without special tokens
 * @param truncated whether it was cut off at the longest answer
 */
record Rollout(PromptTask task, int[] tokens, String text, boolean truncated) {}
