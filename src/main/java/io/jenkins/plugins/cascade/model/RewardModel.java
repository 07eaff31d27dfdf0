package io.jenkins.plugins.cascade.model;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A decoder with a scalar head on a sequence's last token, trained on preferences with the Bradley-Terry loss. Not thread-safe. The
 * folder format is that of transformers' {@code ...ForSequenceClassification} with one label.
 */
public final class RewardModel implements AutoCloseable {
    private static final String HEAD = "head.safetensors";

    private final Decoder decoder;
    private final ModelFolder folder;

    /**
     * Two answers to the same prompt, each as the tokens of the whole conversation.
     *
     * @param chosen the preferred one
     * @param rejected the other
     */
    public record Pair(int[] chosen, int[] rejected) {}

    private RewardModel(Decoder decoder, ModelFolder folder) {
        this.decoder = decoder;
        this.folder = folder;
    }

    /** A copy of the language model's layers with a fresh head, computing as the language model does. */
    public static RewardModel from(CausalLM backbone, long seed) {
        ModelConfig config = backbone.config();
        List<WeightSpec> specs = WeightSpec.ofRewardModel(config);
        Compute compute = backbone.decoder().compute();
        WeightSpec head = specs.get(specs.size() - 1);
        List<Parameter> layers = backbone.decoder().effectiveWeights().subList(0, specs.size() - 1);
        Decoder decoder = new Decoder(
                config, DecoderSource.of(config, DecoderSource.Head.REWARD, compute.precision()), compute, manager -> {
                    List<Parameter> parameters = new ArrayList<>(Weights.copy(layers, manager));
                    parameters.add(Weights.draw(head, seed, new Tensors(manager)));
                    return parameters;
                });
        return new RewardModel(decoder, backbone.folder());
    }

    /**
     * Loads a folder that {@link #save} or transformers wrote.
     *
     * @throws ModelException if the folder is incomplete or holds a model that is not supported
     */
    public static RewardModel load(Path path) {
        return load(path, Compute.CPU);
    }

    /** As {@link #load(Path)}, on another device or in another precision than float32 on the processor. */
    public static RewardModel load(Path path, Compute compute) {
        ModelConfig config = ModelConfig.read(path);
        Decoder decoder = new Decoder(
                config,
                DecoderSource.of(config, DecoderSource.Head.REWARD, compute.precision()),
                compute,
                manager -> Weights.load(path, WeightSpec.ofRewardModel(config), manager));
        return new RewardModel(decoder, ModelFolder.of(path));
    }

    public ModelConfig config() {
        return decoder.config();
    }

    /**
     * Freezes the layers and puts a fresh adapter beside them, which is trained together with the head.
     *
     * @throws ModelException if the model is adapted or trained already
     */
    public void adapt(LoraConfig lora, long seed) {
        adapt(lora, Adapter.fresh(seed), new Adapter.Masks(seed, 0));
    }

    /**
     * As {@link #adapt(LoraConfig, long)}, with the adapter and the head that {@link #saveState} wrote.
     *
     * @param seed of the dropout
     * @throws ModelException if the folder does not hold them
     */
    public void adapt(Path state, long seed) {
        AdapterFolder adapter = AdapterFolder.open(state);
        adapt(adapter.config(), adapter.source(), new Adapter.Masks(seed, adapter.passes()));
        Parameter head = head();
        Path path = state.resolve(HEAD);
        try (SafetensorsFile file = SafetensorsFile.open(path);
                PtNDManager step = decoder.newStep();
                PtNDArray read = Weights.read(file, head.name(), head.tensor().getShape(), new Tensors(step), path)) {
            read.copyTo(head.tensor());
        }
    }

    private void adapt(LoraConfig lora, Adapter.Source source, Adapter.Masks masks) {
        String program = WideProducts.in(
                DecoderSource.adapted(
                        config(), DecoderSource.Head.REWARD, decoder.compute().precision(), lora),
                decoder.compute());
        decoder.adapt((manager, weights) -> new Adapter(
                config(), lora, program, manager, weights, List.of(weights.get(weights.size() - 1)), source, masks));
    }

    private Parameter head() {
        List<Parameter> weights = decoder.frozenWeights();
        return weights.get(weights.size() - 1);
    }

    /** Whether training passes keep the states between layers alone and compute every layer again on the way back. */
    public void setGradientCheckpointing(boolean on) {
        decoder.setGradientCheckpointing(on);
    }

    /** What is trained: all weights, the head last, or the adapter's matrices and the head. */
    public List<Parameter> parameters() {
        return decoder.parameters();
    }

    /** Writes a folder; see {@link CausalLM#save} for what it holds. An adapter is added to the weights. */
    public void save(Path target) {
        folder.writeRewardModel(target);
        Weights.save(target, decoder.effectiveWeights(), ElementType.F32);
    }

    /** Writes what training goes on from: of an adapted model the adapter and the head, else all that {@link #save} writes. */
    public void saveState(Path target) {
        if (decoder.adapter().isEmpty()) {
            save(target);
            return;
        }
        AdapterFolder.write(target, decoder.adapter().get(), null);
        Weights.saveFile(target.resolve(HEAD), List.of(head()));
    }

    /** The score of each sequence, without gradient. */
    public float[] scores(List<int[]> sequences) {
        float[][] rows = decoder.inBatches(
                "outputs",
                sequences,
                (batch, step) -> new PtNDArray[] {batch.tokens(step), batch.lastPositions(step)},
                (batch, values) -> {
                    float[][] each = new float[values.length][];
                    Arrays.setAll(each, i -> new float[] {values[i]});
                    return each;
                });
        float[] scores = new float[rows.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = rows[i][0];
        }
        return scores;
    }

    /** As {@link #accumulate(List, double)} with a whole batch. */
    public PairStats accumulate(List<Pair> pairs) {
        return accumulate(pairs, 1);
    }

    /**
     * One padded batch forward and backward: adds the gradient of {@code share} times the mean over the pairs of {@code -log sigmoid(r_chosen -
     * r_rejected)} to the parameters' gradients.
     *
     * @param pairs at least one
     * @param share of the batch that these pairs are
     */
    public PairStats accumulate(List<Pair> pairs, double share) {
        return OutOfDeviceMemoryException.during("gradient", size(pairs), () -> gradient(pairs, share));
    }

    /** How many tokens a batch of pairs has. */
    public static BatchSize size(List<Pair> pairs) {
        return BatchSize.of(pairs.stream()
                .flatMap(pair -> Stream.of(pair.chosen().length, pair.rejected().length))
                .toList());
    }

    private PairStats gradient(List<Pair> pairs, double share) {
        if (pairs.isEmpty()) {
            throw new ModelException("A batch of preference pairs is empty.");
        }
        PaddedBatch batch = new PaddedBatch(
                Stream.concat(pairs.stream().map(Pair::chosen), pairs.stream().map(Pair::rejected))
                        .toList());
        try (PtNDManager step = decoder.newStep()) {
            PtNDArray part = (PtNDArray) step.create((float) share);
            NDList result = decoder.train(
                    TrainingPass.pairs(List.of(batch.tokens(step)), List.of(batch.lastPositions(step), part)));
            PtNDArray loss = (PtNDArray) result.get(0);
            int right = 0;
            for (float margin : result.get(1).toFloatArray()) {
                right += margin > 0 ? 1 : 0;
            }
            return new PairStats(loss.toFloatArray()[0], (double) right / pairs.size());
        }
    }

    @Override
    public void close() {
        decoder.close();
    }
}
