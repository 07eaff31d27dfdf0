package io.jenkins.plugins.cascade.recipe;

/**
 * One message of a conversation in a data file.
 *
 * @param role who speaks: {@code system}, {@code user}, {@code assistant} or what else the model's chat template knows
 * @param content what is said
 */
public record Message(String role, String content) {}
