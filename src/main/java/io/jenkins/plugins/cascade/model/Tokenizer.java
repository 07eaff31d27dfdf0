package io.jenkins.plugins.cascade.model;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** The tokenizer of a Hugging Face folder ({@code tokenizer.json}), run by the same Rust library as in Python; never downloads. */
public final class Tokenizer implements AutoCloseable {
    private final HuggingFaceTokenizer tokenizer;
    private final Map<String, Integer> vocabulary;
    private final Set<Integer> specialIds;

    private Tokenizer(HuggingFaceTokenizer tokenizer, Map<String, Integer> vocabulary, Set<Integer> specialIds) {
        this.tokenizer = tokenizer;
        this.vocabulary = vocabulary;
        this.specialIds = specialIds;
    }

    /**
     * Loads {@code tokenizer.json}.
     *
     * @throws ModelException if it is missing or not a tokenizer
     */
    public static Tokenizer load(Path folder) {
        Path file = folder.resolve("tokenizer.json");
        ObjectNode json = JsonFile.read(file);
        Map<String, Integer> vocabulary = new HashMap<>();
        Set<Integer> special = new HashSet<>();
        readVocabulary(json.path("model").path("vocab"), vocabulary);
        for (JsonNode added : json.path("added_tokens")) {
            vocabulary.put(added.path("content").asText(), added.path("id").asInt());
            if (added.path("special").asBoolean()) {
                special.add(added.path("id").asInt());
            }
        }
        Engine.forbidDownloads();
        try {
            HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.builder()
                    .optTokenizerPath(file)
                    .optAddSpecialTokens(false)
                    .optTruncation(false)
                    .optPadding(false)
                    .build();
            return new Tokenizer(tokenizer, vocabulary, Set.copyOf(special));
        } catch (IOException e) {
            throw new ModelException(file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static void readVocabulary(JsonNode vocab, Map<String, Integer> vocabulary) {
        if (vocab.isObject()) {
            vocab.properties()
                    .forEach(entry ->
                            vocabulary.put(entry.getKey(), entry.getValue().asInt()));
        }
        for (int id = 0; vocab.isArray() && id < vocab.size(); id++) { // Unigram: [piece, score] in the order of ids
            vocabulary.put(vocab.path(id).path(0).asText(), id);
        }
    }

    /** Token ids of the text. Special tokens written in it are recognised, none is added. */
    public int[] encode(String text) {
        return Arrays.stream(tokenizer.encode(text, false, false).getIds())
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    /** Text of the tokens, special tokens left out. */
    public String decode(int[] ids) {
        return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), true);
    }

    /** Text of the tokens, special tokens written out. */
    public String decodeWithSpecialTokens(int[] ids) {
        return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), false);
    }

    /** Id of a token as it stands in the vocabulary, for instance {@code <|im_end|>}; empty if it is not there. */
    public OptionalInt idOf(String token) {
        Integer id = vocabulary.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** Whether the id is a special token, one that {@link #decode} leaves out. */
    public boolean isSpecial(int id) {
        return specialIds.contains(id);
    }

    /** Number of different tokens, added ones included. */
    public int vocabularySize() {
        return vocabulary.size();
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
