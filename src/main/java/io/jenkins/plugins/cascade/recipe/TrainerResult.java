package io.jenkins.plugins.cascade.recipe;

import java.util.Map;

/**
 * What a finished trainer leaves: {@code result.json}. Only a stage that trained and evaluated to the end has one. An
 * evaluation has the counters 0 and a copy of the model it evaluated.
 *
 * @param schema {@link StageSpec#SCHEMA}
 * @param contentKey the key of the specification it ran
 * @param checkpoint the finished model's folder, relative to the stage's directory, no {@code ..}
 * @param checkpointDigest {@link Digests#ofFolder} of it
 * @param scores benchmark to mean score, 0 to 1; the per-item scores are in {@link StageFiles#SCORES}
 * @param metrics the last value of the main training metrics
 * @param trainedTokens tokens that went through a gradient computation
 * @param sampledTokens tokens that were generated in training
 * @param trainSeconds time of training, over all resumes
 * @param evaluateSeconds time of the evaluation
 * @param engine engine and its version, for example {@code PyTorch 2.7.1 cpu}
 */
public record TrainerResult(
        int schema,
        String contentKey,
        String checkpoint,
        String checkpointDigest,
        Map<String, Double> scores,
        Map<String, Double> metrics,
        long trainedTokens,
        long sampledTokens,
        double trainSeconds,
        double evaluateSeconds,
        String engine) {
    public TrainerResult {
        scores = Map.copyOf(scores);
        metrics = Map.copyOf(metrics);
    }
}
