package io.jenkins.plugins.cascade.model;

import ai.djl.pytorch.engine.PtNDArray;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A LoRA adapter as PEFT keeps it: {@code adapter_config.json} and {@code adapter_model.safetensors}. Read is what PEFT computes exactly as
 * this package does: plain LoRA on projections of the layers; everything else is refused by name.
 */
final class AdapterFolder {
    static final String CONFIG = "adapter_config.json";
    private static final String WEIGHTS = "adapter_model.safetensors";
    private static final String BASE = "base_model_name_or_path";
    private static final String PREFIX = "base_model.model.";
    private static final String PASSES = "training_passes";
    private static final Pattern TENSOR = Pattern.compile(
            "base_model\\.model\\.model\\.layers\\.\\d+\\.(?:self_attn|mlp)\\.(\\w+)\\.lora_[AB]\\.weight");
    /** Variants of LoRA, with the values at which they are off. */
    private static final Map<String, Set<String>> OFF = Map.of(
            "use_dora", Set.of("false"),
            "use_rslora", Set.of("false"),
            "fan_in_fan_out", Set.of("false"),
            "bias", Set.of("\"none\""),
            "lora_bias", Set.of("false"),
            "rank_pattern", Set.of("{}"),
            "alpha_pattern", Set.of("{}"),
            "modules_to_save", Set.of("[]"),
            "trainable_token_indices", Set.of("[]", "{}"));

    private final Path folder;
    private final ObjectNode json;

    private AdapterFolder(Path folder) {
        this.folder = folder;
        this.json = JsonFile.read(folder.resolve(CONFIG));
    }

    /** Whether a folder holds an adapter and no model of its own. */
    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(CONFIG)) && !Weights.present(folder);
    }

    /**
     * Opens a folder.
     *
     * @throws ModelException if it holds no adapter, or one that is not plain LoRA
     */
    static AdapterFolder open(Path folder) {
        AdapterFolder opened = new AdapterFolder(folder);
        opened.requirePlainLora();
        return opened;
    }

    private void requirePlainLora() {
        if (!json.path("peft_type").asText().equals("LORA")) {
            throw refused("has the peft_type " + json.path("peft_type") + "; only LORA is supported");
        }
        OFF.forEach((field, off) -> {
            JsonNode value = json.path(field);
            if (!value.isMissingNode() && !value.isNull() && !off.contains(value.toString())) {
                throw refused("has " + field + " = " + value + ", which is not supported");
            }
        });
    }

    /**
     * The folder of the model that the adapter belongs to; a relative one is looked for beside the adapter.
     *
     * @throws ModelException if there is no such folder
     */
    Path base() {
        String name = json.path(BASE).asText("");
        Path base = folder.resolve(name).normalize();
        if (json.path(BASE).isNull() || name.isEmpty() || !Files.isRegularFile(base.resolve("config.json"))) {
            throw refused("names the base model \"" + name + "\", which is no model folder here; put the folder of the"
                    + " model that the adapter was trained on into " + BASE);
        }
        return base;
    }

    /** Rank, alpha, dropout, and the projections that the tensors are for. */
    LoraConfig config() {
        Set<String> targets = new TreeSet<>();
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(WEIGHTS))) {
            for (String name : file.names()) {
                Matcher tensor = TENSOR.matcher(name);
                if (!tensor.matches()) {
                    throw new ModelException(folder.resolve(WEIGHTS) + " has the tensor " + name
                            + ", which is no LoRA matrix of a layer's projection.");
                }
                targets.add(tensor.group(1));
            }
        }
        return new LoraConfig(
                json.path("r").asInt(),
                json.path("lora_alpha").asDouble(),
                List.copyOf(targets),
                json.path("lora_dropout").asDouble(0));
    }

    /** The matrices of the file. */
    Adapter.Source source() {
        Path path = folder.resolve(WEIGHTS);
        return (name, shape, tensors) -> {
            try (SafetensorsFile file = SafetensorsFile.open(path)) {
                return Weights.read(file, PREFIX + name, shape, tensors, path);
            }
        };
    }

    /** Training passes made before the adapter was saved; 0 where another program saved it. */
    long passes() {
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(WEIGHTS))) {
            return Long.parseLong(file.metadata().getOrDefault(PASSES, "0"));
        } catch (NumberFormatException e) {
            throw new ModelException(folder.resolve(WEIGHTS) + " does not say after how many training passes.", e);
        }
    }

    private ModelException refused(String reason) {
        return new ModelException(folder.resolve(CONFIG) + " " + reason + ".");
    }

    /**
     * Writes an adapter that PEFT loads.
     *
     * @param base the model folder to name in it; null for none
     * @throws ModelException if a file cannot be written
     */
    static void write(Path folder, Adapter adapter, Path base) {
        LoraConfig lora = adapter.config();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("peft_type", "LORA").put("task_type", "CAUSAL_LM").put("inference_mode", true);
        json.put(BASE, base == null ? null : base.toString());
        json.put("r", lora.rank()).put("lora_alpha", lora.alpha()).put("lora_dropout", lora.dropout());
        json.put("bias", "none").put("fan_in_fan_out", false);
        lora.targets().forEach(json.putArray("target_modules")::add);
        Map<String, PtNDArray> tensors = new LinkedHashMap<>();
        adapter.matrices().forEach(parameter -> tensors.put(PREFIX + parameter.name(), parameter.tensor()));
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ModelException("The adapter " + folder + " cannot be written: " + e.getMessage() + ".", e);
        }
        SafetensorsWriter.write(
                folder.resolve(WEIGHTS), tensors, Map.of("format", "pt", PASSES, Long.toString(adapter.passes())));
        JsonFile.write(folder.resolve(CONFIG), json);
    }
}
