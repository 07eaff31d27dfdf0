package io.jenkins.plugins.cascade.model;

import static io.jenkins.plugins.cascade.model.Reference.relativeError;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against transformers' numbers for a tiny model of each family. */
class CausalLMTest {
    private static final double TOLERANCE = 1e-5;

    @ParameterizedTest
    @ValueSource(strings = {"llama", "llama_biased", "qwen2", "qwen3", "qwen3_yarn"})
    void logProbsAndLogitsAreThoseOfTransformers(String family) {
        Reference reference = new Reference(family);
        try (CausalLM model = CausalLM.load(reference.folder(), 0)) {
            float[][] logProbs = model.logProbs(reference.sequences());
            float[][] logits = model.lastLogits(reference.sequences());
            for (int i = 0; i < logProbs.length; i++) {
                JsonNode expected = reference.expected();
                float[] row = Reference.floats(expected.path("logProbs").path(i));
                assertTrue(relativeError(row, logProbs[i]) < TOLERANCE, "sequence " + i);
                float[] last = Reference.floats(expected.path("lastLogits").path(i));
                assertTrue(relativeError(last, logits[i]) < TOLERANCE, "sequence " + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "llama_biased", "qwen2", "qwen3", "qwen3_yarn"})
    void lossStatisticsAndEveryGradientAreThoseOfTransformers(String family) {
        Reference reference = new Reference(family);
        JsonNode expected = reference.expected();
        Map<String, float[]> gradients = reference.tensors("gradients.safetensors");
        try (CausalLM model = CausalLM.load(reference.folder(), 0)) {
            LossStats stats = model.accumulate(reference.weighted());
            assertEquals(expected.path("loss").asDouble(), stats.loss(), 1e-4);
            assertEquals(expected.path("meanEntropy").asDouble(), stats.meanEntropy(), 1e-5);
            assertEquals(expected.path("sumLogProb").asDouble(), stats.sumLogProb(), 1e-4);
            assertEquals(expected.path("weightedTokens").asInt(), stats.weightedTokens());
            assertEquals(gradients.size(), model.parameters().size());
            for (Parameter parameter : model.parameters()) {
                double error = relativeError(gradients.get(parameter.name()), parameter.gradient());
                assertTrue(error < TOLERANCE, parameter.name() + " " + error);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "llama_biased", "qwen2", "qwen3"})
    void clippedAdamWStepsAreThoseOfPyTorch(String family) {
        Reference reference = new Reference(family);
        float[] norms = Reference.floats(reference.expected().path("gradientNorms"));
        Map<String, float[]> after = reference.tensors("after_adamw.safetensors");
        try (CausalLM model = CausalLM.load(reference.folder(), 0);
                AdamW optimizer = new AdamW(model.parameters(), 0.9, 0.95, 1e-8, 0.1, 1)) {
            for (float norm : norms) {
                model.accumulate(reference.weighted());
                assertEquals(norm, optimizer.step(1e-2), 1e-4 * norm);
            }
            for (Parameter parameter : model.parameters()) {
                double error = relativeError(after.get(parameter.name()), parameter.toArray());
                assertTrue(error < TOLERANCE, parameter.name() + " " + error);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "llama_biased", "qwen2", "qwen3", "qwen3_yarn"})
    void greedyContinuationsOfUnevenPromptsInOneBatchAreThoseOfTransformers(String family) {
        Reference reference = new Reference(family);
        List<GenerationRequest> requests = reference.sequences().stream()
                .map(prompt -> new GenerationRequest(prompt, 1, 0))
                .toList();
        try (CausalLM model = CausalLM.load(reference.folder(), 0)) {
            List<Completion> completions = model.generate(requests, Sampling.greedy(24, Set.of(1)));
            for (int i = 0; i < completions.size(); i++) {
                int[] expected =
                        Reference.ints(reference.expected().path("greedy").path(i));
                assertArrayEquals(expected, completions.get(i).tokens(), "prompt " + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "llama_biased", "qwen2", "qwen3", "qwen3_yarn"})
    void rewardModelScoresLossAndGradientsAreThoseOfTransformers(String family) {
        Reference reference = new Reference(family);
        JsonNode expected = reference.expected().path("reward");
        Map<String, float[]> gradients = reference.tensors("reward_gradients.safetensors");
        try (RewardModel model = RewardModel.load(reference.folder().resolve("reward"))) {
            float[] scores = Reference.floats(expected.path("scores"));
            assertTrue(relativeError(scores, model.scores(reference.sequences())) < TOLERANCE);
            PairStats stats = model.accumulate(reference.pairs());
            assertEquals(expected.path("loss").asDouble(), stats.loss(), 1e-5);
            assertEquals(expected.path("accuracy").asDouble(), stats.accuracy(), 1e-6);
            for (Parameter parameter : model.parameters()) {
                double error = relativeError(gradients.get(parameter.name()), parameter.gradient());
                assertTrue(error < TOLERANCE, parameter.name() + " " + error);
            }
        }
    }
}
