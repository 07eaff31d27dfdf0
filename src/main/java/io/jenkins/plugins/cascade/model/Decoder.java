package io.jenkins.plugins.cascade.model;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A decoder with its head on a device: the compiled program and the weights that it is called with. With an adapter, training passes compute
 * the adapter's low-rank products beside the frozen weights; everything else reads weights into which the adapter was added.
 */
final class Decoder implements AutoCloseable {
    private final ModelConfig config;
    private final Compute compute;
    private final PtNDManager manager;
    private final Program program;
    private final PtNDArray frequencies;
    private final List<Parameter> weights;
    private Adapter adapter;
    private boolean gradientCheckpointing;

    /** @param weights makes the weights under the manager that the decoder will close */
    Decoder(ModelConfig config, String source, Compute compute, Function<PtNDManager, List<Parameter>> weights) {
        this.config = config;
        this.compute = compute;
        manager = Engine.newManager(compute.device());
        try {
            program = new Program(manager, WideProducts.in(source, compute));
            float[] values = config.rope().frequencies(config.headDim());
            frequencies = (PtNDArray) manager.create(values, new Shape(values.length));
            this.weights = List.copyOf(weights.apply(manager));
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

    /** What is trained: all weights, or the adapter's. */
    List<Parameter> parameters() {
        return adapter == null ? weights : adapter.parameters();
    }

    /** The weights without an adapter's part. */
    List<Parameter> frozenWeights() {
        return weights;
    }

    /** The weights with the adapter's part, valid until the next training pass. */
    List<Parameter> effectiveWeights() {
        return adapter == null ? weights : adapter.merged();
    }

    Optional<Adapter> adapter() {
        return Optional.ofNullable(adapter);
    }

    /**
     * Puts an adapter beside the weights, which are frozen from now on.
     *
     * @param make from the manager that the decoder will close and the weights
     * @throws ModelException if the weights are trained or adapted already
     */
    void adapt(BiFunction<PtNDManager, List<Parameter>, Adapter> make) {
        if (adapter != null || weights.stream().anyMatch(Parameter::trained)) {
            throw new ModelException("A model whose weights are trained already cannot be given an adapter.");
        }
        adapter = make.apply(manager, weights);
    }

    /** Lets something read the frozen weights as they are. */
    <T> T withoutAdapter(Supplier<T> reading) {
        Adapter aside = adapter;
        adapter = null;
        try {
            return reading.get();
        } finally {
            adapter = aside;
        }
    }

    /** Whether training passes compute every layer again on the way back, for memory. */
    void setGradientCheckpointing(boolean on) {
        gradientCheckpointing = on;
    }

    /** Owner of everything that one call makes. */
    PtNDManager newStep() {
        return manager.newSubManager(manager.getDevice());
    }

    /** Runs forward and backward and adds to the gradients of {@link #parameters}; the loss and its statistics belong to the inputs' manager. */
    NDList train(TrainingPass pass) {
        parameters().forEach(Parameter::train);
        DropoutSeeds seeds = adapter == null ? DropoutSeeds.NONE : adapter.nextPass();
        if (gradientCheckpointing) {
            return new Recomputation(trainingProgram(), pass, frequencies, seeds).run();
        }
        seeds.before(0);
        return pass.run(trainingProgram(), frequencies);
    }

    private TrainingProgram trainingProgram() {
        return adapter == null
                ? new TrainingProgram(
                        program,
                        weights,
                        config.layers(),
                        WeightSpec.ofLayer(config).size())
                : adapter.trainingProgram();
    }

    /** Runs a method of the program that ends in {@code (frequencies, w)}, without gradients. The caller closes the result. */
    IValue run(String method, IValue... inputs) {
        try (IValue list = weights()) {
            return runWith(list, method, inputs);
        }
    }

    /** As {@link #run(String, IValue...)}, with weights that {@link #computedWeights} gave. */
    IValue runWith(IValue list, String method, IValue... inputs) {
        IValue[] all = Arrays.copyOf(inputs, inputs.length + 2);
        try (IValue rope = IValue.from(frequencies)) {
            all[inputs.length] = rope;
            all[inputs.length + 1] = list;
            return program.run(method, all);
        }
    }

    /** The weights as they are now, in the type that the layers compute in. The caller closes them. */
    IValue computedWeights() {
        IValue list = weights();
        if (!compute.halved()) {
            return list;
        }
        try (list) {
            return program.run("computed", list);
        }
    }

    private IValue weights() {
        return IValue.listFrom(
                effectiveWeights().stream().map(Parameter::tensor).toArray(PtNDArray[]::new));
    }

    /** Rounds the weights in place to what a type holds. */
    void round(ElementType type) {
        try (IValue weights = weights();
                IValue number = IValue.from((long) DecoderSource.scalarType(type))) {
            program.run("round", weights, number).close();
        }
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
            float[] values = OutOfDeviceMemoryException.during(
                    "evaluation (" + method + ")",
                    batch.size(),
                    () -> floats(method, step -> inputs.apply(batch, step)));
            float[][] cut = split.apply(batch, values);
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
