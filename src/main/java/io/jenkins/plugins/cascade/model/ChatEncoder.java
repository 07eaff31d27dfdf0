package io.jenkins.plugins.cascade.model;

import java.util.Arrays;
import java.util.List;

/**
 * Conversations as tokens. Each assistant turn is tokenised apart from what precedes it, so that the tokens before it are exactly
 * those of {@link #prompt}: what is trained on is what is generated from.
 */
public final class ChatEncoder {
    private static final String ASSISTANT = "assistant";

    private final Tokenizer tokenizer;
    private final ChatTemplate template;

    public ChatEncoder(Tokenizer tokenizer, ChatTemplate template) {
        this.tokenizer = tokenizer;
        this.template = template;
    }

    /** Tokens of the conversation so far and the opening of the assistant's turn. */
    public int[] prompt(List<ChatMessage> messages) {
        return tokenizer.encode(template.render(messages, true));
    }

    /**
     * Tokens of a whole conversation, with the assistant's marked.
     *
     * @throws ModelException if the template does not write an assistant's turn as the prompt followed by that turn, so that the
     *     assistant's tokens cannot be told apart
     */
    public EncodedChat encode(List<ChatMessage> messages) {
        TokenRun run = new TokenRun();
        String written = "";
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).role().equals(ASSISTANT)) {
                String prompt = template.render(messages.subList(0, i), true);
                run.add(tokenizer.encode(after(written, prompt)), 0);
                written = template.render(messages.subList(0, i + 1), false);
                int[] turn = tokenizer.encode(after(prompt, written));
                run.add(turn, endOfTurn(turn));
            }
        }
        if (!endsWithAssistant(messages)) {
            run.add(tokenizer.encode(after(written, template.render(messages, false))), 0);
        }
        return run.toChat();
    }

    private static boolean endsWithAssistant(List<ChatMessage> messages) {
        return !messages.isEmpty() && messages.get(messages.size() - 1).role().equals(ASSISTANT);
    }

    private static String after(String prefix, String text) {
        if (!text.startsWith(prefix)) {
            throw new ModelException(
                    "The chat template rewrites earlier turns, so the assistant's tokens cannot be told apart.");
        }
        return text.substring(prefix.length());
    }

    /** Length of the turn with its last special token (the end of turn), without the line break that templates add. */
    private int endOfTurn(int[] turn) {
        for (int i = turn.length; i > 0; i--) {
            if (tokenizer.isSpecial(turn[i - 1])) {
                return i;
            }
        }
        return turn.length;
    }

    private static final class TokenRun {
        private int[] tokens = new int[0];
        private boolean[] assistant = new boolean[0];

        void add(int[] more, int ofAssistant) {
            int length = tokens.length;
            tokens = Arrays.copyOf(tokens, length + more.length);
            System.arraycopy(more, 0, tokens, length, more.length);
            assistant = Arrays.copyOf(assistant, tokens.length);
            Arrays.fill(assistant, length, length + ofAssistant, true);
        }

        EncodedChat toChat() {
            return new EncodedChat(tokens, assistant);
        }
    }
}
