package io.jenkins.plugins.cascade.model;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A decoder with its head on a device: the compiled program and the weights that it is called with. */
final class Decoder implements AutoCloseable {
    private final ModelConfig config;
    private final Compute compute;
    private final PtNDManager manager;
    private final Program program;
    private final PtNDArray frequencies;
    private final List<Parameter> parameters;

    /** @param weights makes the weights under the manager that the decoder will close */
    Decoder(ModelConfig config, String source, Compute compute, Function<PtNDManager, List<Parameter>> weights) {
        this.config = config;
        this.compute = compute;
        manager = Engine.newManager(compute.device());
        try {
            program = new Program(manager, source);
            float[] values = config.rope().frequencies(config.headDim());
            frequencies = (PtNDArray) manager.create(values, new Shape(values.length));
            parameters = List.copyOf(weights.apply(manager));
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    ModelConfig config() {
        return config;
    }

    Compute compute() {
        return compute;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    /** Owner of everything that one call makes. */
    PtNDManager newStep() {
        return manager.newSubManager(manager.getDevice());
    }

    /** Runs a method of the program that ends in {@code (frequencies, w)}, to be differentiated. */
    NDList differentiable(String method, PtNDArray... inputs) {
        List<PtNDArray> all = new ArrayList<>(Arrays.asList(inputs));
        all.add(frequencies);
        return program.differentiable(method, all, parameters);
    }

    /** Runs a method of the program that ends in {@code (frequencies, w)}, without gradients. The caller closes the result. */
    IValue run(String method, IValue... inputs) {
        try (IValue weights = weights()) {
            return runWith(weights, method, inputs);
        }
    }

    /** As {@link #run(String, IValue...)}, with weights that {@link #computedWeights} gave. */
    IValue runWith(IValue weights, String method, IValue... inputs) {
        IValue[] all = Arrays.copyOf(inputs, inputs.length + 2);
        try (IValue rope = IValue.from(frequencies)) {
            all[inputs.length] = rope;
            all[inputs.length + 1] = weights;
            return program.run(method, all);
        }
    }

    /** The weights as they are now, in the type that the layers compute in. The caller closes them. */
    IValue computedWeights() {
        IValue weights = weights();
        if (!compute.halved()) {
            return weights;
        }
        try (weights) {
            return program.run("computed", weights);
        }
    }

    private IValue weights() {
        return IValue.listFrom(parameters.stream().map(Parameter::tensor).toArray(PtNDArray[]::new));
    }

    /** Runs a method of the program that reads no weights, without gradients. The caller closes the result. */
    IValue runWithoutWeights(String method, IValue... inputs) {
        return program.run(method, inputs);
    }

    /**
     * Runs a method without gradients on sequences of any number, in batches of bounded size.
     *
     * @param inputs what the method needs of a batch
     * @return per sequence, in the given order, the values that {@code split} cuts out of a batch's result
     */
    float[][] inBatches(
            String method,
            List<int[]> sequences,
            BiFunction<PaddedBatch, PtNDManager, PtNDArray[]> inputs,
            BiFunction<PaddedBatch, float[], float[][]> split) {
        float[][] results = new float[sequences.size()][];
        for (int[] rows : PaddedBatch.plan(sequences)) {
            PaddedBatch batch =
                    new PaddedBatch(Arrays.stream(rows).mapToObj(sequences::get).toList());
            float[][] cut = split.apply(batch, floats(method, step -> inputs.apply(batch, step)));
            for (int i = 0; i < rows.length; i++) {
                results[rows[i]] = cut[i];
            }
        }
        return results;
    }

    private float[] floats(String method, Function<PtNDManager, PtNDArray[]> inputs) {
        try (PtNDManager step = newStep()) {
            IValue[] arguments =
                    Arrays.stream(inputs.apply(step)).map(IValue::from).toArray(IValue[]::new);
            try (IValue result = run(method, arguments)) {
                return result.toTensor(step).toFloatArray();
            } finally {
                Arrays.stream(arguments).forEach(IValue::close);
            }
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
