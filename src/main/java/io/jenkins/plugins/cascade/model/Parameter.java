package io.jenkins.plugins.cascade.model;

import ai.djl.pytorch.engine.PtNDArray;

/**
 * A tensor of a model, float32. Its gradient takes memory from its first training pass on; of a model that only reads and of frozen weights
 * it takes none. Valid until the model is closed.
 */
public final class Parameter {
    private final String name;
    private final PtNDArray value;
    private long updates;

    Parameter(String name, PtNDArray value) {
        this.name = name;
        this.value = value;
        value.setName(Program.WEIGHTS);
    }

    /** Lets training passes add to the gradient, which begins with zeros. */
    void train() {
        if (!trained()) {
            value.setRequiresGradient(true);
        }
    }

    /** Whether training passes add to its gradient. */
    boolean trained() {
        return value.hasGradient();
    }

    /** How often an optimizer has changed the values. */
    long updates() {
        return updates;
    }

    void updated() {
        updates++;
    }

    /** Name in the checkpoint, for instance {@code model.layers.0.mlp.up_proj.weight}. */
    public String name() {
        return name;
    }

    /** Dimensions of the tensor. */
    public long[] shape() {
        return value.getShape().getShape().clone();
    }

    /** Whether weight decay applies: to matrices and embeddings, not to norms and biases. */
    public boolean decayed() {
        return value.getShape().dimension() > 1;
    }

    /** Values, row by row. */
    public float[] toArray() {
        return value.toFloatArray();
    }

    /** Gradients accumulated since the optimizer's last step, row by row; zeros before the first. */
    public float[] gradient() {
        train();
        try (PtNDArray gradient = value.getGradient()) {
            return gradient.toFloatArray();
        }
    }

    PtNDArray tensor() {
        return value;
    }
}
