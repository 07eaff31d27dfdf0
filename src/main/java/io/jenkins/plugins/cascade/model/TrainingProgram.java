package io.jenkins.plugins.cascade.model;

import java.util.List;

/**
 * The program that computes losses, and the weights in its order: a model's own, or with those of an adapter at the end of every layer.
 *
 * @param weights embedding, layers, final norm, and the head unless it is tied
 * @param layers number of layers
 * @param layerSize weights of a layer
 */
record TrainingProgram(Program program, List<Parameter> weights, int layers, int layerSize) {

    List<Parameter> embedding() {
        return weights.subList(0, 1);
    }

    List<Parameter> layer(int layer) {
        return weights.subList(1 + layer * layerSize, 1 + (layer + 1) * layerSize);
    }

    /** The final norm and the head. */
    List<Parameter> end() {
        int norm = 1 + layers * layerSize;
        boolean tied = norm == weights.size() - 1;
        return List.of(weights.get(norm), weights.get(tied ? 0 : norm + 1));
    }
}
