package io.jenkins.plugins.cascade.trainer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Hugging Face folder small enough for tests: about 30 words, 20 thousand parameters, no weights, so that the seed draws them. */
public final class TinyModel {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SPECIAL = List.of("<|unk|>", "<|im_start|>", "<|im_end|>");
    private static final List<String> WORDS = List.of(
            "system",
            "user",
            "assistant",
            "<think>",
            "</think>",
            "0",
            "1",
            "2",
            "3",
            "4",
            "5",
            "6",
            "7",
            "8",
            "9",
            "say",
            "copy",
            "please",
            "thanks",
            "red",
            "blue",
            "green",
            ".",
            "+",
            "=");

    private static final String TEMPLATE = "{% for message in messages %}"
            + "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}"
            + "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

    private TinyModel() {}

    /** Writes the folder and returns it. */
    public static Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        int vocabulary = SPECIAL.size() + WORDS.size();
        ObjectNode config = JSON.createObjectNode()
                .put("model_type", "llama")
                .put("hidden_size", 32)
                .put("num_hidden_layers", 2)
                .put("num_attention_heads", 4)
                .put("num_key_value_heads", 2)
                .put("head_dim", 8)
                .put("intermediate_size", 64)
                .put("vocab_size", vocabulary)
                .put("max_position_embeddings", 64)
                .put("rms_norm_eps", 1e-6)
                .put("rope_theta", 10_000.0)
                .put("hidden_act", "silu")
                .put("tie_word_embeddings", true)
                .put("bos_token_id", 1)
                .put("eos_token_id", 2)
                .put("pad_token_id", 0)
                .put("initializer_range", 0.08);
        config.putArray("architectures").add("LlamaForCausalLM");
        JSON.writeValue(folder.resolve("config.json").toFile(), config);
        JSON.writeValue(folder.resolve("tokenizer.json").toFile(), tokenizer());
        Files.writeString(folder.resolve("chat_template.jinja"), TEMPLATE);
        return folder;
    }

    /** Gives words of a model's vocabulary up for the flags of the two modes and for a word in another script. */
    public static void learnModes(Path folder) throws IOException {
        Path file = folder.resolve("tokenizer.json");
        String text = Files.readString(file);
        Files.writeString(
                file,
                text.replace("\"green\"", "\"/think\"")
                        .replace("\"blue\"", "\"/no_think\"")
                        .replace("\"please\"", "\"спасибо\""));
    }

    private static ObjectNode tokenizer() {
        ObjectNode tokenizer = JSON.createObjectNode().put("version", "1.0");
        for (String absent : List.of("truncation", "padding", "normalizer", "post_processor", "decoder")) {
            tokenizer.putNull(absent);
        }
        var added = tokenizer.putArray("added_tokens");
        ObjectNode model = tokenizer.putObject("model").put("type", "WordLevel").put("unk_token", SPECIAL.get(0));
        ObjectNode vocabulary = model.putObject("vocab");
        for (String word : SPECIAL) {
            added.addObject()
                    .put("id", vocabulary.size())
                    .put("content", word)
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
            vocabulary.put(word, vocabulary.size());
        }
        WORDS.forEach(word -> vocabulary.put(word, vocabulary.size()));
        tokenizer.putObject("pre_tokenizer").put("type", "WhitespaceSplit");
        return tokenizer;
    }
}
