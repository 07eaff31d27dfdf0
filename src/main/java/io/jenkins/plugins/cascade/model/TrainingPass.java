package io.jenkins.plugins.cascade.model;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.ArrayList;
import java.util.List;

/**
 * One forward and backward pass over some sequences; {@link TrainingSource} says what the methods take.
 *
 * @param layout how the sequences lie: {@code padded}, {@code packed} or {@code shared}
 * @param streams tensors of hidden states that run through the layers: 2 for {@code shared}, else 1
 * @param loss {@code loss} or {@code pair_loss}
 * @param sequences the inputs of {@code LAYOUT_begin} but the frequencies
 * @param targets the other inputs of the loss
 */
record TrainingPass(String layout, int streams, String loss, List<PtNDArray> sequences, List<PtNDArray> targets) {

    static TrainingPass padded(List<PtNDArray> sequences, List<PtNDArray> targets) {
        return new TrainingPass("padded", 1, "loss", sequences, targets);
    }

    static TrainingPass packed(List<PtNDArray> sequences, List<PtNDArray> targets) {
        return new TrainingPass("packed", 1, "loss", sequences, targets);
    }

    static TrainingPass shared(List<PtNDArray> sequences, List<PtNDArray> targets) {
        return new TrainingPass("shared", 2, "loss", sequences, targets);
    }

    static TrainingPass pairs(List<PtNDArray> sequences, List<PtNDArray> targets) {
        return new TrainingPass("padded", 1, "pair_loss", sequences, targets);
    }

    /** What stands for anchors, and for their reference, where there are none. */
    static PtNDArray none(PtNDManager owner) {
        return (PtNDArray) owner.create(new float[0], new Shape(0));
    }

    /**
     * Runs forward and backward at once and adds to the gradients of the trained weights.
     *
     * @return the loss and its statistics, of the manager of the inputs
     */
    NDList run(TrainingProgram model, PtNDArray frequencies) {
        List<PtNDArray> inputs = new ArrayList<>(sequences);
        inputs.addAll(targets);
        inputs.add(frequencies);
        NDList result = model.program().differentiable(layout + "_" + loss, inputs, model.weights());
        Program.backward((PtNDArray) result.get(0));
        return result;
    }
}
