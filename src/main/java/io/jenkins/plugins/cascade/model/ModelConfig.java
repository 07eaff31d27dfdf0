package io.jenkins.plugins.cascade.model;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a Hugging Face {@code config.json} says about a decoder-only transformer of the Llama, Qwen2 or Qwen3 family.
 *
 * @param modelType {@code llama}, {@code qwen2} or {@code qwen3}
 * @param hiddenSize width of the residual stream
 * @param layers number of decoder layers
 * @param heads query heads
 * @param kvHeads key and value heads; divides {@code heads}
 * @param headDim width of a head; even
 * @param intermediateSize width of the feed-forward layer
 * @param vocabSize rows of the embedding
 * @param maxPositions longest sequence the model was made for, in tokens
 * @param rmsNormEps added under the root of every RMS norm
 * @param rope rotary position embedding
 * @param tieWordEmbeddings whether the output projection is the embedding
 * @param qkvBias whether the query, key and value projections have biases
 * @param outputBias whether the attention's output projection has a bias
 * @param qkNorm whether queries and keys are normalised per head (Qwen3)
 * @param initialization how weights are drawn when the folder has none
 * @param eosIds ids that end a turn or a text, of {@code config.json} and {@code generation_config.json}, without repetition
 * @param bosId id that begins a text
 * @param padId id used for padding
 */
public record ModelConfig(
        String modelType,
        int hiddenSize,
        int layers,
        int heads,
        int kvHeads,
        int headDim,
        int intermediateSize,
        int vocabSize,
        int maxPositions,
        double rmsNormEps,
        Rope rope,
        boolean tieWordEmbeddings,
        boolean qkvBias,
        boolean outputBias,
        boolean qkNorm,
        Initialization initialization,
        List<Integer> eosIds,
        OptionalInt bosId,
        OptionalInt padId) {

    public ModelConfig {
        eosIds = List.copyOf(eosIds);
    }

    /**
     * Reads {@code config.json}, and {@code generation_config.json} where there is one: of the latter the tokens that end, begin and pad a text.
     * Its sampling (temperature, top-p, top-k, penalties) is not applied: how rollouts and answers are drawn is a setting of the stage.
     *
     * @throws ModelException if a file is missing or no JSON, a field is missing or out of range, or the model is of a kind that
     *     this package does not compute exactly (another {@code model_type}, sliding windows, an unknown RoPE scaling ...)
     */
    public static ModelConfig read(Path folder) {
        return new ModelConfigReader(folder).read();
    }

    /**
     * Standard deviations of the normal distributions that fresh weights are drawn from; norms start at 1, biases at 0. The
     * attention's output projection and the feed-forward's down projection are further divided by
     * {@code sqrt(2 * layers)} (GPT-2's rule) when {@code scaleResidual}.
     *
     * @param linearStd of the linear layers
     * @param embeddingStd of the embedding
     * @param scaleResidual whether projections into the residual stream are scaled down
     */
    public record Initialization(double linearStd, double embeddingStd, boolean scaleResidual) {}
}
