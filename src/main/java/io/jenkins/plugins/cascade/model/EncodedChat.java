package io.jenkins.plugins.cascade.model;

/**
 * A conversation as tokens.
 *
 * @param tokens token ids
 * @param assistant for each token whether the assistant wrote it: its content and the token that ends its turn
 */
public record EncodedChat(int[] tokens, boolean[] assistant) {}
