package io.jenkins.plugins.cascade.train;

import java.util.Arrays;

/**
 * One answer of the policy.
 *
 * @param task what was asked
 * @param tokens the answer's tokens, the stop token included if there is one
 * @param text the answer without special tokens
 * @param truncated whether it was cut off at the longest answer
 */
record Rollout(PromptTask task, int[] tokens, String text, boolean truncated) {
    /** The tokens of the prompt and then the answer's. */
    int[] withPrompt() {
        int[] prompt = task.tokens();
        int[] all = Arrays.copyOf(prompt, prompt.length + tokens.length);
        System.arraycopy(tokens, 0, all, prompt.length, tokens.length);
        return all;
    }
}
