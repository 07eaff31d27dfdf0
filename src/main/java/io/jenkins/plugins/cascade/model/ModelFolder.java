package io.jenkins.plugins.cascade.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/** What a checkpoint holds beside its weights: the configuration and the files copied from the folder that the model came from. */
final class ModelFolder {
    private static final List<String> COPIED = List.of(
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "generation_config.json",
            "chat_template.jinja");

    private final Path source;
    private final ObjectNode config;

    private ModelFolder(Path source, ObjectNode config) {
        this.source = source;
        this.config = config;
    }

    static ModelFolder of(Path source) {
        return new ModelFolder(source, JsonFile.read(source.resolve("config.json")));
    }

    void writeCausalLM(Path target, ElementType type) {
        write(target, "ForCausalLM", config.deepCopy(), type);
    }

    /** As transformers' {@code ...ForSequenceClassification} with one label. */
    void writeRewardModel(Path target) {
        ObjectNode reward = config.deepCopy();
        reward.putObject("id2label").put("0", "reward");
        reward.putObject("label2id").put("reward", 0);
        if (!reward.hasNonNull("pad_token_id")) {
            reward.put("pad_token_id", 0); // transformers finds the last token of padded rows with it
        }
        write(target, "ForSequenceClassification", reward, ElementType.F32);
    }

    private void write(Path target, String architecture, ObjectNode written, ElementType type) {
        String family = written.path("model_type").asText();
        String prefix = family.substring(0, 1).toUpperCase(Locale.ROOT) + family.substring(1);
        written.putArray("architectures").add(prefix + architecture);
        // transformers 4 reads torch_dtype, 5 reads dtype.
        written.put("torch_dtype", type.torchName()).put("dtype", type.torchName());
        try {
            Files.createDirectories(target);
            for (String name : COPIED) {
                copyIfPresent(source.resolve(name), target.resolve(name));
            }
        } catch (IOException e) {
            throw new ModelException("The checkpoint " + target + " cannot be written: " + e.getMessage() + ".", e);
        }
        JsonFile.write(target.resolve("config.json"), written);
    }

    private static void copyIfPresent(Path file, Path target) throws IOException {
        if (Files.exists(file) && !(Files.exists(target) && Files.isSameFile(file, target))) {
            Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
            Files.copy(file, temporary, StandardCopyOption.REPLACE_EXISTING);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
