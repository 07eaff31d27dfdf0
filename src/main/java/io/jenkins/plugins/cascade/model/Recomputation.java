package io.jenkins.plugins.cascade.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.ArrayList;
import java.util.List;

/**
 * Gradient checkpointing (Chen et al., arXiv 1604.06174) with a checkpoint at every layer: the forward pass keeps the hidden states between
 * the layers alone, and the backward pass computes each layer again. One more forward pass in time; the memory of one layer's activations
 * in place of all layers'.
 */
final class Recomputation {
    private final TrainingProgram model;
    private final TrainingPass pass;
    private final PtNDArray frequencies;
    private final DropoutSeeds seeds;
    private List<PtNDArray> beside;

    /** @param seeds of the layers' dropout */
    Recomputation(TrainingProgram model, TrainingPass pass, PtNDArray frequencies, DropoutSeeds seeds) {
        this.model = model;
        this.pass = pass;
        this.frequencies = frequencies;
        this.seeds = seeds;
    }

    /** As {@link TrainingPass#run}, with the same gradients. */
    NDList run() {
        List<NDList> states = forward();
        NDList streams = leaves(states.remove(states.size() - 1));
        List<PtNDArray> inputs = arrays(streams);
        inputs.addAll(pass.targets());
        String end = pass.layout() + "_" + pass.loss() + "_end";
        NDList result = model.program().differentiable(end, inputs, model.end());
        Program.backward((PtNDArray) result.get(0));
        NDList gradients = gradients(streams);
        for (int layer = model.layers() - 1; layer >= 0; layer--) {
            gradients = backward(layer, leaves(states.remove(layer)), gradients);
        }
        backwardThroughEmbedding(gradients);
        beside.forEach(PtNDArray::close);
        return result;
    }

    /** The streams before every layer and after the last, without gradients. */
    private List<NDList> forward() {
        NDList begun = model.program().plain(pass.layout() + "_begin", beginInputs(), model.embedding());
        List<PtNDArray> all = arrays(begun);
        beside = all.subList(pass.streams(), all.size());
        List<NDList> states = new ArrayList<>();
        NDList streams = begun.subNDList(0, pass.streams());
        states.add(streams);
        for (int layer = 0; layer < model.layers(); layer++) {
            seeds.before(layer);
            streams = model.program().plain(pass.layout() + "_layer", layerInputs(streams), model.layer(layer));
            states.add(streams);
        }
        return states;
    }

    private List<PtNDArray> beginInputs() {
        List<PtNDArray> inputs = new ArrayList<>(pass.sequences());
        inputs.add(frequencies);
        return inputs;
    }

    private List<PtNDArray> layerInputs(NDList streams) {
        List<PtNDArray> inputs = arrays(streams);
        inputs.addAll(beside);
        return inputs;
    }

    /** Computes a layer again and takes the gradients through it, from its outputs to its inputs. */
    private NDList backward(int layer, NDList streams, NDList gradients) {
        seeds.before(layer);
        String method = pass.layout() + "_layer";
        backward(model.program().differentiable(method, layerInputs(streams), model.layer(layer)), gradients);
        return gradients(streams);
    }

    private void backwardThroughEmbedding(NDList gradients) {
        if (!model.embedding().get(0).trained()) {
            gradients.close();
            return;
        }
        NDList begun = model.program().differentiable(pass.layout() + "_begin", beginInputs(), model.embedding());
        backward(begun.subNDList(0, pass.streams()), gradients);
    }

    /** One pass for all outputs, so that what they share is walked once. */
    private void backward(NDList outputs, NDList gradients) {
        try (NDManager owner = outputs.getManager().newSubManager()) {
            outputs.attach(owner);
            NDArray sum = null;
            for (int i = 0; i < outputs.size(); i++) {
                List<PtNDArray> both = List.of((PtNDArray) outputs.get(i), (PtNDArray) gradients.get(i));
                NDArray part =
                        model.program().differentiable("along", both, List.of()).singletonOrThrow();
                sum = sum == null ? part : sum.add(part);
            }
            Program.backward((PtNDArray) sum);
        }
        gradients.close();
    }

    private static NDList leaves(NDList streams) {
        streams.forEach(stream -> stream.setRequiresGradient(true));
        return streams;
    }

    private static NDList gradients(NDList streams) {
        NDList gradients = new NDList();
        for (NDArray stream : streams) {
            NDArray gradient = stream.getGradient();
            gradient.attach(stream.getManager());
            gradients.add(gradient);
        }
        streams.close();
        return gradients;
    }

    private static List<PtNDArray> arrays(NDList list) {
        List<PtNDArray> arrays = new ArrayList<>();
        list.forEach(array -> arrays.add((PtNDArray) array));
        return arrays;
    }
}
