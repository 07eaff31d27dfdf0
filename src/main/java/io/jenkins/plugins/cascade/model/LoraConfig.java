package io.jenkins.plugins.cascade.model;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Low-rank adaptation (Hu et al., arXiv 2106.09685) as PEFT's {@code LoraConfig} describes it: a target projection W becomes {@code W + alpha /
 * rank * B A}, W frozen.
 *
 * @param rank rows of A and columns of B, at least 1
 * @param alpha numerator of the scaling, positive
 * @param targets names of projections, of {@link #ALL_LINEAR}, in its order
 * @param dropout share of the inputs of A that a training pass sets to 0, at least 0 and below 1
 */
public record LoraConfig(int rank, double alpha, List<String> targets, double dropout) {
    /** All projections of a layer; what PEFT calls all-linear. */
    public static final List<String> ALL_LINEAR =
            List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

    static final String A = ".lora_A.weight";
    static final String B = ".lora_B.weight";

    /** @throws ModelException if a number is out of range or a target is none of a layer's projections */
    public LoraConfig {
        for (String target : targets) {
            if (!ALL_LINEAR.contains(target)) {
                throw new ModelException("LoRA's target \"" + target + "\" is no projection of a layer; known are "
                        + String.join(", ", ALL_LINEAR) + ".");
            }
        }
        targets = ALL_LINEAR.stream().filter(List.copyOf(targets)::contains).toList();
        if (targets.isEmpty() || rank < 1 || !(alpha > 0) || !(dropout >= 0 && dropout < 1)) {
            throw new ModelException("LoRA of rank " + rank + ", alpha " + alpha + ", dropout " + dropout
                    + " and targets " + targets + " cannot be: rank is at least 1, alpha above 0, dropout from 0 to"
                    + " below 1, and there is a target.");
        }
    }

    double scaling() {
        return alpha / rank;
    }

    /** The adapter's weights in a layer, A before B, with names relative to it. */
    List<WeightSpec> specs(List<WeightSpec> layer) {
        List<WeightSpec> specs = new ArrayList<>();
        for (WeightSpec spec : layer) {
            String module = module(spec.name());
            if (targets.contains(module.substring(module.indexOf('.') + 1))) {
                specs.add(
                        new WeightSpec(module + A, new Shape(rank, spec.shape().get(1)), 0, 0));
                specs.add(new WeightSpec(module + B, new Shape(spec.shape().get(0), rank), 0, 0));
            }
        }
        return specs;
    }

    /** The name of a weight's module; of a bias its own name, which is no target. */
    static String module(String weight) {
        return weight.endsWith(".weight") ? weight.substring(0, weight.length() - ".weight".length()) : weight;
    }
}
