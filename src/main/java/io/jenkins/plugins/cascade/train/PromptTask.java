package io.jenkins.plugins.cascade.train;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cascade.model.ChatMessage;
import java.util.List;

/**
 * A prompt to draw rollouts from.
 *
 * @param text what a verifier is told was asked: the last message
 * @param messages the conversation so far
 * @param tokens the conversation and the opening of the assistant's turn, as tokens; not changed by anybody
 * @param verifier the {@code verifier} object of the line, or null where a reward model judges
 */
public record PromptTask(String text, List<ChatMessage> messages, int[] tokens, JsonNode verifier) {
    public PromptTask {
        messages = List.copyOf(messages);
    }
}
