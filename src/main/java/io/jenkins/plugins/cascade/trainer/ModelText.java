package io.jenkins.plugins.cascade.trainer;

import io.jenkins.plugins.cascade.model.CausalLM;
import io.jenkins.plugins.cascade.model.ChatEncoder;
import io.jenkins.plugins.cascade.model.ChatMessage;
import io.jenkins.plugins.cascade.model.ChatTemplate;
import io.jenkins.plugins.cascade.model.Compute;
import io.jenkins.plugins.cascade.model.EncodedChat;
import io.jenkins.plugins.cascade.model.ModelConfig;
import io.jenkins.plugins.cascade.model.Sampling;
import io.jenkins.plugins.cascade.model.Tokenizer;
import io.jenkins.plugins.cascade.recipe.SamplingSettings;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How a model reads and writes text: its tokenizer, its chat template, the tokens that end an answer. */
final class ModelText implements AutoCloseable {
    private static final long CACHE_BYTES = 512L << 20;
    private static final int MOST_SEQUENCES = 256;

    private final ModelConfig config;
    private final Tokenizer tokenizer;
    private final ChatEncoder encoder;
    private final Set<Integer> stopIds;

    /** Reads a Hugging Face folder; a {@link io.jenkins.plugins.cascade.model.ModelException} says what it lacks. */
    ModelText(Path path) {
        Path folder = CausalLM.configurationOf(path);
        config = ModelConfig.read(folder);
        tokenizer = Tokenizer.load(folder);
        encoder = new ChatEncoder(tokenizer, ChatTemplate.load(folder));
        stopIds = new HashSet<>(config.eosIds());
        addEndOfTurn();
    }

    /** What the template writes after an answer ends it too, whether or not the model's configuration says so. */
    private void addEndOfTurn() {
        EncodedChat chat = encoder.encode(List.of(new ChatMessage("user", "a"), new ChatMessage("assistant", "a")));
        for (int i = chat.tokens().length - 1; i >= 0; i--) {
            if (chat.assistant()[i]) {
                if (tokenizer.isSpecial(chat.tokens()[i])) {
                    stopIds.add(chat.tokens()[i]);
                }
                return;
            }
        }
    }

    Tokenizer tokenizer() {
        return tokenizer;
    }

    ChatEncoder encoder() {
        return encoder;
    }

    /** Longest sequence that the model can take, in tokens. */
    int maxPositions() {
        return config.maxPositions();
    }

    /**
     * The settings with the stop tokens and as many sequences at once as a cache of keys and values of 512 MiB holds, at most 256.
     *
     * @param longestPrompt in tokens
     * @param compute in whose precision keys and values are kept
     */
    Sampling sampling(SamplingSettings settings, int longestPrompt, Compute compute) {
        long perToken = 2L
                * config.layers()
                * config.kvHeads()
                * config.headDim()
                * compute.precision().bytes();
        long perSequence = perToken * (longestPrompt + settings.maxTokens());
        int atOnce = (int) Math.max(1, Math.min(MOST_SEQUENCES, CACHE_BYTES / perSequence));
        return new Sampling(
                settings.temperature(), settings.topP(), settings.topK(), settings.maxTokens(), stopIds, atOnce);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
