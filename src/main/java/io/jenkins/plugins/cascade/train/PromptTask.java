package io.jenkins.plugins.cascade.train;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cascade.model.ChatMessage;
import java.util.List;

/**
 * A prompt to draw rollouts from.
 *
 * @param text what a verifier is told was asked: the last message, without a mode's flag
 * @param messages the conversation so far, without a mode's flag
 * @param tokens the conversation and the opening of the assistant's turn, as tokens; not changed by anybody
 * @param verifier the {@code verifier} object of the line, or null where a reward model judges
 * @param noThinking the tokens that ask for an answer without thoughts, or null where there is one mode
 */
public record PromptTask(String text, List<ChatMessage> messages, int[] tokens, JsonNode verifier, int[] noThinking) {
    public PromptTask {
        messages = List.copyOf(messages);
    }

    /** A prompt in one mode. */
    public PromptTask(String text, List<ChatMessage> messages, int[] tokens, JsonNode verifier) {
        this(text, messages, tokens, verifier, null);
    }

    /** Asked in the other mode, where there are two. */
    PromptTask withoutThinking() {
        return noThinking == null ? this : new PromptTask(text, messages, noThinking, verifier);
    }

    /** Tokens of the longer of its modes. */
    int longest() {
        return noThinking == null ? tokens.length : Math.max(tokens.length, noThinking.length);
    }
}
