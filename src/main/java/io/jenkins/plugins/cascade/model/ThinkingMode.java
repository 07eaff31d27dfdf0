package io.jenkins.plugins.cascade.model;

import java.util.List;

/**
 * The two modes of a model that can think before it answers or answer at once. The flag follows every turn of the user, as in Qwen3 and
 * Nemotron-Cascade (arXiv 2512.13607, section 3.1.2).
 */
public enum ThinkingMode {
    /** Thoughts, then the answer. */
    THINK("think", "/think"),
    /** The answer at once. */
    NO_THINK("no_think", "/no_think");

    private static final String USER = "user";

    private final String word;
    private final String flag;

    ThinkingMode(String word, String flag) {
        this.word = word;
        this.flag = flag;
    }

    /**
     * The mode that a data line names.
     *
     * @param word {@code think} or {@code no_think}
     * @throws ModelException if it is another word
     */
    public static ThinkingMode named(String word) {
        for (ThinkingMode mode : values()) {
            if (mode.word.equals(word)) {
                return mode;
            }
        }
        throw new ModelException("The mode must be 'think' or 'no_think', but is '" + word + "'.");
    }

    /** The conversation with the flag after every turn of the user. */
    public List<ChatMessage> mark(List<ChatMessage> messages) {
        return messages.stream()
                .map(message ->
                        message.role().equals(USER) ? new ChatMessage(USER, message.content() + " " + flag) : message)
                .toList();
    }
}
