package io.jenkins.plugins.cascade.train;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cascade.model.ChatEncoder;
import io.jenkins.plugins.cascade.model.ChatMessage;
import io.jenkins.plugins.cascade.model.EncodedChat;
import io.jenkins.plugins.cascade.model.ModelException;
import io.jenkins.plugins.cascade.model.ThinkingMode;
import io.jenkins.plugins.cascade.recipe.DataLine;
import io.jenkins.plugins.cascade.recipe.Message;
import io.jenkins.plugins.cascade.recipe.ModeMix;
import io.jenkins.plugins.cascade.verify.InvalidVerifierException;
import io.jenkins.plugins.cascade.verify.Verifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads data files whole and encodes them, so that whatever is wrong with a line is known before any training starts. All methods throw
 * {@link io.jenkins.plugins.cascade.recipe.DataException} naming file, line and reason.
 */
final class DataReader {
    private final ChatEncoder encoder;
    private final Verifiers verifiers;

    DataReader(ChatEncoder encoder, Verifiers verifiers) {
        this.encoder = encoder;
        this.verifiers = verifiers;
    }

    /** Conversations {@code {"messages","mode"?}} of at most {@code maxTokens} tokens, each with something the assistant says. */
    List<EncodedChat> conversations(String file, int maxTokens) {
        List<EncodedChat> conversations = new ArrayList<>();
        for (DataLine line : DataLine.readAll(file)) {
            EncodedChat chat = encode(line, asked(line, chat(line.messages("messages"))), maxTokens);
            if (assistantTokens(chat) == 0) {
                throw line.problem("the conversation has no message of the assistant to learn from");
            }
            conversations.add(chat);
        }
        return conversations;
    }

    /** Preferences {@code {"prompt","chosen","rejected"}}, each side of at most {@code maxTokens} tokens. */
    List<PreferencePair> preferences(String file, int maxTokens) {
        List<PreferencePair> pairs = new ArrayList<>();
        for (DataLine line : DataLine.readAll(file)) {
            int[] chosen = answered(line, "chosen", maxTokens);
            int[] rejected = answered(line, "rejected", maxTokens);
            if (line.text("chosen").equals(line.text("rejected"))) {
                throw line.problem("'chosen' and 'rejected' are the same, so nothing is preferred");
            }
            pairs.add(new PreferencePair(chosen, rejected));
        }
        return pairs;
    }

    private int[] answered(DataLine line, String field, int maxTokens) {
        List<ChatMessage> messages = new ArrayList<>(chat(line.prompt()));
        messages.add(new ChatMessage("assistant", line.text(field)));
        return encode(line, messages, maxTokens).tokens();
    }

    /** What becomes of a prompt's verifier. */
    enum VerifierUse {
        /** A line without one is refused. */
        REQUIRED,
        /** A line without one is left to the reward model. */
        OPTIONAL,
        /** The reward model judges, whatever the line says. */
        IGNORED
    }

    /**
     * Prompts {@code {"prompt","verifier"?,"mode"?}}.
     *
     * @param modes in which mode those are asked whose line names none
     * @param maxTokens longest prompt, in tokens, for an answer to find room in the model
     */
    List<PromptTask> prompts(String file, VerifierUse use, ModeMix modes, int maxTokens) {
        List<PromptTask> prompts = new ArrayList<>();
        for (DataLine line : DataLine.readAll(file)) {
            List<ChatMessage> messages = chat(line.prompt());
            int[] tokens = prompt(line, messages, mode(line).orElse(first(modes)), maxTokens);
            int[] noThinking = modes == ModeMix.HALF && mode(line).isEmpty()
                    ? prompt(line, messages, ThinkingMode.NO_THINK, maxTokens)
                    : null;
            boolean judged = use == VerifierUse.REQUIRED
                    || use == VerifierUse.OPTIONAL && line.json().has("verifier");
            JsonNode verifier = judged ? checkedVerifier(line) : null;
            String text = messages.get(messages.size() - 1).content();
            prompts.add(new PromptTask(text, messages, tokens, verifier, noThinking));
        }
        return prompts;
    }

    /** The mode of a mix, of two the first; null for no flag. */
    private static ThinkingMode first(ModeMix modes) {
        return switch (modes) {
            case AS_WRITTEN -> null;
            case THINK, HALF -> ThinkingMode.THINK;
            case NO_THINK -> ThinkingMode.NO_THINK;
        };
    }

    private int[] prompt(DataLine line, List<ChatMessage> messages, ThinkingMode mode, int maxTokens) {
        List<ChatMessage> marked = mode == null ? messages : mode.mark(messages);
        int[] tokens = encoded(line, () -> encoder.prompt(marked));
        requireLength(line, tokens, maxTokens);
        return tokens;
    }

    /** The mode that a line names with {@code mode}. */
    private static Optional<ThinkingMode> mode(DataLine line) {
        return Optional.ofNullable(line.textOrNull("mode")).map(word -> encoded(line, () -> ThinkingMode.named(word)));
    }

    /** The conversation in the line's mode. */
    private static List<ChatMessage> asked(DataLine line, List<ChatMessage> messages) {
        return mode(line).map(mode -> mode.mark(messages)).orElse(messages);
    }

    private JsonNode checkedVerifier(DataLine line) {
        JsonNode verifier = line.object("verifier");
        try {
            verifiers.check(verifier);
        } catch (InvalidVerifierException e) {
            throw line.problem(withoutFullStop(e.getMessage()));
        }
        return verifier;
    }

    private EncodedChat encode(DataLine line, List<ChatMessage> messages, int maxTokens) {
        EncodedChat chat = encoded(line, () -> encoder.encode(messages));
        requireLength(line, chat.tokens(), maxTokens);
        return chat;
    }

    private static void requireLength(DataLine line, int[] tokens, int maxTokens) {
        if (tokens.length > maxTokens) {
            throw line.problem("has " + tokens.length + " tokens, but at most " + maxTokens + " are allowed here");
        }
        if (tokens.length == 0) {
            throw line.problem("has no tokens under this model's tokenizer");
        }
    }

    private static <T> T encoded(DataLine line, Supplier<T> encoding) {
        try {
            return encoding.get();
        } catch (ModelException e) {
            throw line.problem(withoutFullStop(e.getMessage()));
        }
    }

    private static List<ChatMessage> chat(List<Message> messages) {
        return messages.stream()
                .map(message -> new ChatMessage(message.role(), message.content()))
                .toList();
    }

    static int assistantTokens(EncodedChat chat) {
        int count = 0;
        for (int i = 1; i < chat.tokens().length; i++) {
            count += chat.assistant()[i] ? 1 : 0;
        }
        return count;
    }

    private static String withoutFullStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
