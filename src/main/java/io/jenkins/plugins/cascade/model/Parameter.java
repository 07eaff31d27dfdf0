package io.jenkins.plugins.cascade.model;

import ai.djl.pytorch.engine.PtNDArray;

/** A trained tensor of a model, float32, with its gradient. Valid until the model is closed. */
public final class Parameter {
    private final String name;
    private final PtNDArray value;

    Parameter(String name, PtNDArray value) {
        this.name = name;
        this.value = value;
        value.setRequiresGradient(true);
        value.setName(Program.WEIGHTS);
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
        try (PtNDArray gradient = value.getGradient()) {
            return gradient.toFloatArray();
        }
    }

    PtNDArray tensor() {
        return value;
    }
}
