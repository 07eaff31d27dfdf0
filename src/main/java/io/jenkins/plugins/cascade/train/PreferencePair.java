package io.jenkins.plugins.cascade.train;

/**
 * Two answers to the same prompt, each as the tokens of the whole conversation.
 *
 * @param chosen the better one
 * @param rejected the worse one
 */
public record PreferencePair(int[] chosen, int[] rejected) {}
