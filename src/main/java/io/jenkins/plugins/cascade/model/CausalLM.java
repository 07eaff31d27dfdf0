package io.jenkins.plugins.cascade.model;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A decoder-only language model with float32 weights. Not thread-safe: one thread at a time. Close it to free its memory; parameters
 * and optimizers of a closed model must not be used.
 */
public final class CausalLM implements AutoCloseable {
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
        ModelConfig config = ModelConfig.read(path);
        List<WeightSpec> specs = WeightSpec.ofCausalLM(config);
        Decoder decoder = new Decoder(
                config,
                DecoderSource.ofCausalLM(config, compute.precision()),
                compute,
                manager -> Weights.present(path)
                        ? Weights.load(path, specs, manager)
                        : Weights.initialize(specs, seed, manager));
        return new CausalLM(decoder, ModelFolder.of(path));
    }

    public ModelConfig config() {
        return decoder.config();
    }

    /** All weights, in the order of the checkpoint; a tied head is the embedding and is not listed again. */
    public List<Parameter> parameters() {
        return decoder.parameters();
    }

    /** A second model with the same weights and no gradients; changing one leaves the other as it is. */
    public CausalLM copy() {
        Decoder copy = new Decoder(
                config(),
                DecoderSource.ofCausalLM(config(), decoder.compute().precision()),
                decoder.compute(),
                manager -> Weights.copy(parameters(), manager));
        return new CausalLM(copy, folder);
    }

    /**
     * Writes a Hugging Face folder that transformers loads with the same logits: the configuration, the weights in float32 (so that
     * updates smaller than bfloat16's steps survive from stage to stage), and the tokenizer and generation files of the folder that the
     * model came from. An existing checkpoint is replaced file by file, each whole or not at all.
     *
     * @throws ModelException if a file cannot be written
     */
    public void save(Path target) {
        folder.writeCausalLM(target);
        Weights.save(target.resolve(Weights.SINGLE), parameters());
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
            List<PtNDArray> inputs = new ArrayList<>(List.of(
                    batch.tokens(step),
                    targets.at(step),
                    targets.ids(step),
                    temperature(step, temperature),
                    targets.weights(step)));
            if (targets.anchored()) {
                inputs.addAll(List.of(targets.anchors(step), targets.references(step)));
            }
            NDList result = decoder.differentiable(
                    targets.anchored() ? "loss_with_kl" : "loss", inputs.toArray(PtNDArray[]::new));
            PtNDArray loss = (PtNDArray) result.get(0);
            Program.backward(loss);
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
            NDList result = decoder.differentiable(
                    "packed_loss",
                    batch.tokens(step),
                    batch.positions(step),
                    batch.lengths(step),
                    batch.at(step),
                    batch.ids(step),
                    batch.weights(step));
            PtNDArray loss = (PtNDArray) result.get(0);
            Program.backward(loss);
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
            NDList result = decoder.differentiable("shared_loss", batch.inputs(step, temperature(step, temperature)));
            PtNDArray loss = (PtNDArray) result.get(0);
            Program.backward(loss);
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
