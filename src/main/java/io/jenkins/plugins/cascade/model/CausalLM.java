package io.jenkins.plugins.cascade.model;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A decoder-only language model with float32 weights. Not thread-safe: one thread at a time. Close it to free its memory; parameters
 * and optimizers of a closed model must not be used.
 */
public final class CausalLM implements AutoCloseable {
    private static final String ADAPTER = "adapter";

    /** Elements, 128 MiB as float32. */
    private static final long LARGEST_MASK = 32L << 20;

    private final Decoder decoder;
    private final ModelFolder folder;

    private CausalLM(Decoder decoder, ModelFolder folder) {
        this.decoder = decoder;
        this.folder = folder;
    }

    /**
     * Loads a Hugging Face folder: {@code config.json} and {@code model.safetensors}, or shards with their index, in F32, BF16 or
     * F16. A folder without weights means a fresh model, drawn from the seed: with the deviations of {@code "cascade_init":
     * {"linear_std", "embedding_std"}} of its configuration, output and down projections divided by {@code sqrt(2 * layers)}, else
     * with {@code initializer_range} throughout.
     *
     * @param seed of fresh weights; unused where the folder has weights
     * @throws ModelException if the folder is incomplete or holds a model that is not supported
     */
    public static CausalLM load(Path folder, long seed) {
        return load(folder, seed, Compute.CPU);
    }

    /** As {@link #load(Path, long)}, on another device or in another precision than float32 on the processor. */
    public static CausalLM load(Path path, long seed, Compute compute) {
        if (AdapterFolder.isIn(path)) {
            return merged(AdapterFolder.open(path), seed, compute);
        }
        ModelConfig config = ModelConfig.read(path);
        List<WeightSpec> specs = WeightSpec.ofCausalLM(config);
        Decoder decoder = new Decoder(
                config,
                DecoderSource.of(config, DecoderSource.Head.LANGUAGE, compute.precision()),
                compute,
                manager -> Weights.present(path)
                        ? Weights.load(path, specs, manager)
                        : Weights.initialize(path, specs, seed, manager));
        return new CausalLM(decoder, ModelFolder.of(path));
    }

    /** A base model with its adapter added for good. */
    private static CausalLM merged(AdapterFolder adapter, long seed, Compute compute) {
        try (CausalLM base = load(adapter.base(), seed, compute)) {
            base.adapt(adapter, seed);
            return base.copy();
        }
    }

    public ModelConfig config() {
        return decoder.config();
    }

    /**
     * Freezes the weights and puts a fresh adapter beside them, which alone is trained from now on; its matrices are drawn from the seed.
     *
     * @throws ModelException if the model is adapted or trained already
     */
    public void adapt(LoraConfig lora, long seed) {
        adapt(lora, Adapter.fresh(seed), seed, 0);
    }

    /**
     * As {@link #adapt(LoraConfig, long)}, with the adapter of a folder that {@link #saveAdapter} or PEFT wrote.
     *
     * @param seed of the dropout
     * @throws ModelException if the folder holds no plain LoRA adapter of this model's shape
     */
    public void adapt(Path folder, long seed) {
        adapt(AdapterFolder.open(folder), seed);
    }

    private void adapt(AdapterFolder folder, long seed) {
        adapt(folder.config(), folder.source(), seed, folder.passes());
    }

    private void adapt(LoraConfig lora, Adapter.Source source, long seed, long passes) {
        String program = WideProducts.in(
                DecoderSource.adapted(
                        config(), DecoderSource.Head.LANGUAGE, decoder.compute().precision(), lora),
                decoder.compute());
        decoder.adapt((manager, weights) -> new Adapter(
                config(), lora, program, manager, weights, List.of(), source, new Adapter.Masks(seed, passes)));
    }

    /** The adapter's settings; empty without one. */
    public Optional<LoraConfig> lora() {
        return decoder.adapter().map(Adapter::config);
    }

    /** Whether training passes keep the states between layers alone and compute every layer again on the way back. */
    public void setGradientCheckpointing(boolean on) {
        decoder.setGradientCheckpointing(on);
    }

    /**
     * What is trained: all weights, in the order of the checkpoint, a tied head being the embedding and not listed again; of an adapted model
     * the adapter's matrices.
     */
    public List<Parameter> parameters() {
        return decoder.parameters();
    }

    /** A second model with the same weights, an adapter added to them, and no gradients; changing one leaves the other as it is. */
    public CausalLM copy() {
        Decoder copy = new Decoder(
                config(),
                DecoderSource.of(
                        config(), DecoderSource.Head.LANGUAGE, decoder.compute().precision()),
                decoder.compute(),
                manager -> Weights.copy(decoder.effectiveWeights(), manager));
        return new CausalLM(copy, folder);
    }

    /** As {@link #save(Path, ElementType)} in float32, which loses nothing. */
    public void save(Path target) {
        save(target, ElementType.F32);
    }

    /**
     * Writes a Hugging Face folder that transformers loads: the configuration, the weights, in shards with an index where they are larger
     * than 5 GB, and the tokenizer and generation files of the folder that the model came from. Of an adapted model the weights are those
     * with the adapter added, and the adapter itself lies in {@code adapter}, in float32. An existing checkpoint is replaced file by
     * file, each whole or not at all.
     *
     * @param type of the weights in the file; each is rounded to the nearest number of this type
     * @throws ModelException if a file cannot be written, or a weight is too large for half precision
     */
    public void save(Path target, ElementType type) {
        folder.writeCausalLM(target, type);
        Weights.save(target, decoder.effectiveWeights(), type);
        decoder.adapter().ifPresent(adapter -> AdapterFolder.write(target.resolve(ADAPTER), adapter, null));
    }

    /**
     * Rounds every weight to what a type holds, so that this model computes what one does that is saved in it; of an adapted model the weights
     * with the adapter added, until the next training pass.
     */
    public void round(ElementType type) {
        if (type != ElementType.F32) {
            decoder.round(type);
        }
    }

    /**
     * The type that the weights of a folder are in; float32 where they differ, so that nothing is lost, and where there are none.
     *
     * @throws ModelException if a file cannot be read
     */
    public static ElementType storedType(Path folder) {
        return Weights.storedType(folder);
    }

    /**
     * Writes the adapter alone, in PEFT's format.
     *
     * @param base the model folder that {@code adapter_config.json} names; null to name none
     * @throws ModelException if a file cannot be written or there is no adapter
     */
    public void saveAdapter(Path target, Path base) {
        Adapter adapter = decoder.adapter()
                .orElseThrow(() -> new ModelException("The model has no adapter that could be saved."));
        AdapterFolder.write(target, adapter, base);
    }

    /**
     * Writes the adapter in PEFT's format with the configuration and the tokenizer, a folder that {@link #load} takes as long as the base
     * model stays where it is.
     *
     * @param base the folder of the whole model that the adapter was trained on
     */
    public void saveWithoutBase(Path target, Path base) {
        folder.writeCausalLM(target, ElementType.F32);
        saveAdapter(target, base);
    }

    /** The folder of the model that belongs to a folder with an adapter alone; empty for a whole model. */
    public static Optional<Path> baseOf(Path folder) {
        return isAdapterAlone(folder) ? Optional.of(AdapterFolder.open(folder).base()) : Optional.empty();
    }

    /** The folder with the configuration and the tokenizer: the given one, or the base model's of an adapter as PEFT leaves it. */
    public static Path configurationOf(Path folder) {
        return Files.exists(folder.resolve("config.json"))
                ? folder
                : baseOf(folder).orElse(folder);
    }

    /** Whether a folder holds an adapter and no model of its own. */
    public static boolean isAdapterAlone(Path folder) {
        return AdapterFolder.isIn(folder);
    }

    /** Writes what training goes on from: of an adapted model the adapter alone, else all that {@link #save} writes. */
    public void saveState(Path target) {
        if (decoder.adapter().isEmpty()) {
            save(target);
        } else {
            saveAdapter(target, null);
        }
    }

    /** As {@link #accumulate(List, double)} at temperature 1. */
    public LossStats accumulate(List<WeightedSequence> sequences) {
        return accumulate(sequences, 1);
    }

    /**
     * One padded batch forward and backward: adds the gradient of {@code -sum weight_t * log p(token_t | tokens before it)} and, of
     * sequences with an anchor, of their divergence, summed over all sequences, to the parameters' gradients. Divide the weights by the
     * number of tokens for a mean.
     *
     * @param sequences all with an anchor or none
     * @param temperature what the logits are divided by before the softmax, positive: of rollouts the one that they were drawn at
     */
    public LossStats accumulate(List<WeightedSequence> sequences, double temperature) {
        PaddedBatch batch =
                new PaddedBatch(sequences.stream().map(WeightedSequence::tokens).toList());
        Targets targets = Targets.weighted(batch, sequences);
        if (targets.count() == 0) {
            return LossStats.NONE;
        }
        try (PtNDManager step = decoder.newStep()) {
            NDList result = decoder.train(TrainingPass.padded(
                    List.of(batch.tokens(step)), targets.inputs(step, temperature(step, temperature))));
            PtNDArray loss = (PtNDArray) result.get(0);
            double[] stats = result.get(1).toDoubleArray();
            double divergence = targets.anchored() ? stats[2] / targets.count() : 0;
            return new LossStats(
                    loss.toFloatArray()[0], stats[0] / targets.count(), stats[1], divergence, targets.count());
        }
    }

    /**
     * As {@link #accumulate(List, double)} at temperature 1, with the sequences laid end to end in place of a padded batch: nothing is
     * computed for padding, and every sequence attends to itself alone and counts its positions from 0.
     *
     * @param sequences without anchors
     */
    public LossStats accumulatePacked(List<WeightedSequence> sequences) {
        PackedBatch batch = new PackedBatch(sequences);
        if (batch.count() == 0) {
            return LossStats.NONE;
        }
        try (PtNDManager step = decoder.newStep()) {
            NDList result = decoder.train(
                    TrainingPass.packed(batch.sequences(step), batch.targets(step, temperature(step, 1))));
            PtNDArray loss = (PtNDArray) result.get(0);
            double[] stats = result.get(1).toDoubleArray();
            return new LossStats(loss.toFloatArray()[0], stats[0] / batch.count(), stats[1], 0, batch.count());
        }
    }

    /**
     * As {@link #accumulate(List, double)}, with every prompt that several sequences share computed once: a prompt is what stands before the
     * first token with a weight. Its keys and values serve all answers, and its gradient is the sum of theirs. Where the mask of the answers'
     * attention would be larger than what is saved (answers of many thousand tokens), the sequences are computed apart.
     *
     * @param sequences with a token that counts each, all with an anchor or none
     */
    public LossStats accumulateShared(List<WeightedSequence> sequences, double temperature) {
        SharedPromptBatch batch = new SharedPromptBatch(sequences);
        if (batch.maskSize() > LARGEST_MASK) {
            return accumulate(sequences, temperature);
        }
        try (PtNDManager step = decoder.newStep()) {
            NDList result = decoder.train(
                    TrainingPass.shared(batch.sequences(step), batch.targets(step, temperature(step, temperature))));
            PtNDArray loss = (PtNDArray) result.get(0);
            double[] stats = result.get(1).toDoubleArray();
            double divergence = batch.anchored() ? stats[2] / batch.count() : 0;
            return new LossStats(loss.toFloatArray()[0], stats[0] / batch.count(), stats[1], divergence, batch.count());
        }
    }

    private static PtNDArray temperature(PtNDManager owner, double temperature) {
        if (!(temperature > 0)) {
            throw new ModelException(
                    "The temperature of log probabilities is " + temperature + "; it must be above 0.");
        }
        return (PtNDArray) owner.create((float) temperature);
    }

    /** As {@link #logProbs(List, double)} at temperature 1. */
    public float[][] logProbs(List<int[]> sequences) {
        return logProbs(sequences, 1);
    }

    /**
     * Log probabilities without gradient, in nats: {@code [i][t]} of token t of sequence i given those before it, {@code [i][0] = 0}.
     *
     * @param temperature what the logits are divided by before the softmax, positive
     */
    public float[][] logProbs(List<int[]> sequences, double temperature) {
        return decoder.inBatches(
                "log_probs",
                sequences,
                (batch, step) -> {
                    Targets targets = Targets.all(batch);
                    return new PtNDArray[] {
                        batch.tokens(step), targets.at(step), targets.ids(step), temperature(step, temperature)
                    };
                },
                (batch, values) -> Targets.all(batch).split(values));
    }

    /** As {@link #logProbs(List, double)}, of the frozen weights without the adapter: of the model that the training began with. */
    public float[][] frozenLogProbs(List<int[]> sequences, double temperature) {
        return decoder.withoutAdapter(() -> logProbs(sequences, temperature));
    }

    /** Logits [vocabulary] of the token that follows each sequence. */
    public float[][] lastLogits(List<int[]> sequences) {
        int vocabulary = config().vocabSize();
        return decoder.inBatches(
                "outputs",
                sequences,
                (batch, step) -> new PtNDArray[] {batch.tokens(step), batch.lastPositions(step)},
                (batch, values) -> {
                    float[][] rows = new float[batch.sequences().size()][];
                    Arrays.setAll(rows, i -> Arrays.copyOfRange(values, i * vocabulary, (i + 1) * vocabulary));
                    return rows;
                });
    }

    /**
     * Continues every prompt {@link GenerationRequest#count} times. The samples of a request depend on its prompt and seed alone, up
     * to the rounding of float32 matrix products, which may differ in the last bit between batch shapes.
     *
     * @return the completions in the order of the requests and their samples
     */
    public List<Completion> generate(List<GenerationRequest> requests, Sampling sampling) {
        return generate(requests, sampling, completion -> {});
    }

    /**
     * As {@link #generate(List, Sampling)}, and tells of every completion as soon as it is finished, while others are still being drawn.
     *
     * @param finished called on this thread, in the order in which they finish
     */
    public List<Completion> generate(
            List<GenerationRequest> requests, Sampling sampling, Consumer<Completion> finished) {
        return new Generator(decoder, sampling, finished).generate(requests);
    }

    Decoder decoder() {
        return decoder;
    }

    ModelFolder folder() {
        return folder;
    }

    @Override
    public void close() {
        decoder.close();
    }
}
