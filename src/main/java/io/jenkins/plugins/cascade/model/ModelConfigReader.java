package io.jenkins.plugins.cascade.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads {@code config.json} as transformers does, both in the shape of its version 4 ({@code rope_theta}, {@code rope_scaling}) and
 * of its version 5 ({@code rope_parameters}), and refuses what the programs of this package would compute differently.
 */
final class ModelConfigReader {
    private static final Set<String> FAMILIES = Set.of("llama", "qwen2", "qwen3");
    private static final int QWEN3_HEAD_DIM = 128;

    private final Path file;
    private final ObjectNode json;
    private final ObjectNode generation;

    ModelConfigReader(Path folder) {
        file = folder.resolve("config.json");
        json = JsonFile.read(file);
        generation = JsonFile.readIfPresent(folder.resolve("generation_config.json"));
    }

    ModelConfig read() {
        String family = json.path("model_type").asText("");
        if (!FAMILIES.contains(family)) {
            throw new ModelException(
                    file + " has the model_type \"" + family + "\"; supported are llama, qwen2 and qwen3.");
        }
        refuseWhatIsNotComputed();
        int hidden = positive("hidden_size");
        int heads = positive("num_attention_heads");
        int kvHeads = positive("num_key_value_heads", heads);
        int headDim = headDim(family, hidden, heads);
        if (heads % kvHeads != 0) {
            throw invalid("num_attention_heads " + heads + " is no multiple of num_key_value_heads " + kvHeads);
        }
        boolean attentionBias = json.path("attention_bias").asBoolean(false);
        boolean qwen2 = family.equals("qwen2");
        return new ModelConfig(
                family,
                hidden,
                positive("num_hidden_layers"),
                heads,
                kvHeads,
                headDim,
                positive("intermediate_size"),
                positive("vocab_size"),
                positive("max_position_embeddings", 2048),
                json.path("rms_norm_eps").asDouble(1e-6),
                rope(),
                json.path("tie_word_embeddings").asBoolean(false),
                qwen2 || attentionBias,
                !qwen2 && attentionBias,
                family.equals("qwen3"),
                initialization(),
                eosIds(),
                id("bos_token_id"),
                id("pad_token_id"));
    }

    private void refuseWhatIsNotComputed() {
        refuseSlidingWindows();
        refuse(json.path("mlp_bias").asBoolean(false), "mlp_bias");
        refuse(json.path("attention_dropout").asDouble(0) != 0, "attention_dropout");
        refuse(json.path("partial_rotary_factor").asDouble(1) != 1, "partial_rotary_factor");
        refuse(json.has("quantization_config"), "quantization_config");
        refuse(!json.path("hidden_act").asText("silu").equals("silu"), "a hidden_act other than silu");
    }

    /** As in Qwen2 and Qwen3: {@code layer_types} decides; without it the layers from {@code max_window_layers} slide, if any does. */
    private void refuseSlidingWindows() {
        for (JsonNode type : json.path("layer_types")) {
            refuse(!type.asText().equals("full_attention"), "layers with " + type.asText() + " (layer_types)");
        }
        boolean slides = json.path("use_sliding_window").asBoolean(false)
                && !json.path("layer_types").isArray()
                && json.path("sliding_window").asInt(4096) > 0
                && json.path("max_window_layers").asInt(28) < positive("num_hidden_layers");
        refuse(slides, "attention through a sliding window (use_sliding_window)");
    }

    private void refuse(boolean present, String what) {
        if (present) {
            throw new ModelException(file + " asks for " + what + ", which is not supported.");
        }
    }

    private int headDim(String family, int hidden, int heads) {
        int headDim = positive("head_dim", family.equals("qwen3") ? QWEN3_HEAD_DIM : hidden / heads);
        if (headDim % 2 != 0) {
            throw invalid("head_dim " + headDim + " is odd");
        }
        return headDim;
    }

    private Rope rope() {
        JsonNode parameters = json.has("rope_parameters") ? json.path("rope_parameters") : json.path("rope_scaling");
        double theta =
                parameters.path("rope_theta").asDouble(json.path("rope_theta").asDouble(10_000));
        if (!(theta > 1)) {
            throw invalid("rope_theta " + theta + " is not above 1");
        }
        refuse(parameters.path("partial_rotary_factor").asDouble(1) != 1, "partial_rotary_factor");
        return new Rope(theta, ropeScaling(parameters));
    }

    private Rope.Scaling ropeScaling(JsonNode parameters) {
        String type =
                parameters.path("rope_type").asText(parameters.path("type").asText("default"));
        return switch (type) {
            case "default" -> new Rope.None();
            case "linear" -> new Rope.Linear(ropeNumber(parameters, "factor"));
            case "llama3" ->
                new Rope.Llama3(
                        ropeNumber(parameters, "factor"),
                        ropeNumber(parameters, "low_freq_factor"),
                        ropeNumber(parameters, "high_freq_factor"),
                        originalPositions(parameters));
            case "yarn" -> yarn(parameters);
            default ->
                throw new ModelException(file + " asks for the RoPE scaling \"" + type
                        + "\"; supported are default, linear, llama3 and yarn.");
        };
    }

    /** The default of {@code attention_factor} is the paper's for the factor, or the ratio of two weighted ones (DeepSeek). */
    private Rope.Yarn yarn(JsonNode parameters) {
        double original = originalPositions(parameters);
        double factor = parameters.hasNonNull("factor")
                ? ropeNumber(parameters, "factor")
                : positive("max_position_embeddings", 2048) / original;
        double weight = parameters.path("mscale").asDouble(0);
        double allWeight = parameters.path("mscale_all_dim").asDouble(0);
        double inferred = weight != 0 && allWeight != 0
                ? Rope.Yarn.magnitude(factor, weight) / Rope.Yarn.magnitude(factor, allWeight)
                : Rope.Yarn.magnitude(factor, 1);
        return new Rope.Yarn(
                factor,
                original,
                positiveOr(parameters, "beta_fast", 32),
                positiveOr(parameters, "beta_slow", 1),
                parameters.path("truncate").asBoolean(true),
                positiveOr(parameters, "attention_factor", inferred));
    }

    /** The configuration's own field goes before that of the scaling, as in transformers; the default is the whole context. */
    private double originalPositions(JsonNode parameters) {
        String name = "original_max_position_embeddings";
        JsonNode holder = json.hasNonNull(name) ? json : parameters;
        return holder.hasNonNull(name) ? ropeNumber(holder, name) : positive("max_position_embeddings", 2048);
    }

    private double positiveOr(JsonNode parameters, String name, double fallback) {
        return parameters.hasNonNull(name) ? ropeNumber(parameters, name) : fallback;
    }

    private double ropeNumber(JsonNode parameters, String name) {
        double value = parameters.path(name).asDouble(Double.NaN);
        if (!(value > 0)) {
            throw invalid("the RoPE scaling lacks a positive " + name);
        }
        return value;
    }

    private ModelConfig.Initialization initialization() {
        JsonNode own = json.path("cascade_init");
        double range = json.path("initializer_range").asDouble(0.02);
        double linear = own.path("linear_std").asDouble(range);
        double embedding = own.path("embedding_std").asDouble(range);
        if (!(linear > 0) || !(embedding > 0)) {
            throw invalid("the standard deviations of the initialisation must be positive");
        }
        return new ModelConfig.Initialization(linear, embedding, own.isObject());
    }

    private List<Integer> eosIds() {
        Set<Integer> ids = new LinkedHashSet<>();
        for (JsonNode node : List.of(json.path("eos_token_id"), generation.path("eos_token_id"))) {
            if (node.isInt()) {
                ids.add(node.intValue());
            }
            node.forEach(id -> ids.add(id.intValue()));
        }
        return List.copyOf(ids);
    }

    private OptionalInt id(String name) {
        JsonNode node = json.path(name).isInt() ? json.path(name) : generation.path(name);
        return node.isInt() ? OptionalInt.of(node.intValue()) : OptionalInt.empty();
    }

    private int positive(String name) {
        if (!json.hasNonNull(name)) {
            throw invalid("there is no " + name);
        }
        return positive(name, 0);
    }

    private int positive(String name, int fallback) {
        JsonNode node = json.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return fallback;
        }
        if (!node.isInt() || node.intValue() < 1) {
            throw invalid(name + " is " + node + ", not a positive whole number");
        }
        return node.intValue();
    }

    private ModelException invalid(String reason) {
        return new ModelException(file + " is not usable: " + reason + ".");
    }
}
