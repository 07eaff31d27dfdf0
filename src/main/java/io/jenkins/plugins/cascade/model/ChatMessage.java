package io.jenkins.plugins.cascade.model;

/**
 * One message of a conversation.
 *
 * @param role {@code system}, {@code user}, {@code assistant} or what else the chat template knows
 * @param content its text
 */
public record ChatMessage(String role, String content) {}
