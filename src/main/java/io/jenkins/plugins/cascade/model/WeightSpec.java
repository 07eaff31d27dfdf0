package io.jenkins.plugins.cascade.model;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Name, shape and initialisation of one weight of a model, in the order in which {@link DecoderSource} addresses them: embedding,
 * layers, final norm, and the head unless it is tied.
 *
 * @param name as in transformers' checkpoints
 * @param shape its dimensions
 * @param std standard deviation of fresh weights; 0 for a constant
 * @param constant what fresh weights are without deviation: 1 for norms, 0 for biases
 */
record WeightSpec(String name, Shape shape, double std, float constant) {

    static List<WeightSpec> ofCausalLM(ModelConfig config) {
        List<WeightSpec> specs = ofBackbone(config);
        if (!config.tieWordEmbeddings()) {
            Shape shape = new Shape(config.vocabSize(), config.hiddenSize());
            specs.add(random("lm_head.weight", shape, config.initialization().linearStd()));
        }
        return specs;
    }

    static List<WeightSpec> ofRewardModel(ModelConfig config) {
        List<WeightSpec> specs = ofBackbone(config);
        // Small, so that training starts from scores near 0 whatever the width (as in reward models of OpenRLHF and
        // TRL).
        double std = 1 / Math.sqrt(config.hiddenSize() + 1.0);
        specs.add(random("score.weight", new Shape(1, config.hiddenSize()), std));
        return specs;
    }

    private static List<WeightSpec> ofBackbone(ModelConfig config) {
        List<WeightSpec> specs = new ArrayList<>();
        specs.add(random(
                "model.embed_tokens.weight",
                new Shape(config.vocabSize(), config.hiddenSize()),
                config.initialization().embeddingStd()));
        for (int layer = 0; layer < config.layers(); layer++) {
            for (WeightSpec spec : ofLayer(config)) {
                String name = "model.layers." + layer + "." + spec.name;
                specs.add(new WeightSpec(name, spec.shape, spec.std, spec.constant));
            }
        }
        specs.add(norm("model.norm.weight", config.hiddenSize()));
        return specs;
    }

    /** The weights of one layer, with names relative to it. */
    static List<WeightSpec> ofLayer(ModelConfig config) {
        int hidden = config.hiddenSize();
        int queries = config.heads() * config.headDim();
        int keys = config.kvHeads() * config.headDim();
        int wide = config.intermediateSize();
        double std = config.initialization().linearStd();
        double residualStd = config.initialization().scaleResidual() ? std / Math.sqrt(2.0 * config.layers()) : std;
        List<WeightSpec> specs = new ArrayList<>();
        specs.add(norm("input_layernorm.weight", hidden));
        linear(specs, "self_attn.q_proj", new Shape(queries, hidden), std, config.qkvBias());
        linear(specs, "self_attn.k_proj", new Shape(keys, hidden), std, config.qkvBias());
        linear(specs, "self_attn.v_proj", new Shape(keys, hidden), std, config.qkvBias());
        if (config.qkNorm()) {
            specs.add(norm("self_attn.q_norm.weight", config.headDim()));
            specs.add(norm("self_attn.k_norm.weight", config.headDim()));
        }
        linear(specs, "self_attn.o_proj", new Shape(hidden, queries), residualStd, config.outputBias());
        specs.add(norm("post_attention_layernorm.weight", hidden));
        linear(specs, "mlp.gate_proj", new Shape(wide, hidden), std, false);
        linear(specs, "mlp.up_proj", new Shape(wide, hidden), std, false);
        linear(specs, "mlp.down_proj", new Shape(hidden, wide), residualStd, false);
        return specs;
    }

    private static void linear(List<WeightSpec> specs, String name, Shape shape, double std, boolean bias) {
        specs.add(random(name + ".weight", shape, std));
        if (bias) {
            specs.add(new WeightSpec(name + ".bias", new Shape(shape.get(0)), 0, 0));
        }
    }

    private static WeightSpec random(String name, Shape shape, double std) {
        return new WeightSpec(name, shape, std, 0);
    }

    private static WeightSpec norm(String name, int size) {
        return new WeightSpec(name, new Shape(size), 0, 1);
    }
}
