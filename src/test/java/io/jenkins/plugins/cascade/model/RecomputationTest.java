package io.jenkins.plugins.cascade.model;

import static io.jenkins.plugins.cascade.model.Reference.relativeError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers computed again on the way back give the gradients of layers that were kept. */
class RecomputationTest {
    private static final double TOLERANCE = 1e-6;

    @ParameterizedTest
    @ValueSource(strings = {"llama", "llama_biased", "qwen2", "qwen3"})
    void everyLayoutHasTheSameLossAndGradients(String family) {
        Reference reference = new Reference(family);
        List<WeightedSequence> sequences = reference.weighted().stream()
                .filter(sequence -> sequence.tokens().length > 3)
                .toList();
        assertSame(reference, model -> model.accumulate(sequences, 0.7));
        assertSame(reference, model -> model.accumulatePacked(sequences));
        assertSame(reference, model -> model.accumulateShared(sequences, 0.7));
    }

    @Test
    void anAdaptersGradientsToo() {
        Reference reference = new Reference("qwen3");
        assertSame(reference, model -> {
            model.adapt(reference.folder().resolve("lora"), 0);
            return model.accumulate(reference.weighted());
        });
    }

    /** A first-order check: along the gradient of B the loss falls at the gradient's rate only if both passes drew the same masks. */
    @Test
    void dropoutsMasksAreDrawnAgainAsTheyWere() {
        Reference reference = new Reference("qwen3");
        LoraConfig lora = new LoraConfig(4, 8, List.of("down_proj"), 0.5);
        double rate = 1e-4;
        try (CausalLM model = CausalLM.load(reference.folder(), 0);
                CausalLM moved = CausalLM.load(reference.folder(), 0)) {
            model.setGradientCheckpointing(true);
            moved.setGradientCheckpointing(true);
            model.adapt(lora, 3);
            moved.adapt(lora, 3);
            double before = model.accumulate(reference.weighted()).loss();
            double slope = 0;
            for (int i = 0; i < model.parameters().size(); i++) {
                float[] gradient = model.parameters().get(i).gradient();
                float[] values = model.parameters().get(i).toArray();
                for (int k = 0; k < values.length; k++) {
                    slope += (double) gradient[k] * gradient[k];
                    values[k] -= (float) (rate * gradient[k]);
                }
                moved.parameters().get(i).tensor().set(FloatBuffer.wrap(values));
            }
            double after = moved.accumulate(reference.weighted()).loss();
            assertEquals(-rate * slope, after - before, 0.05 * rate * slope);
        }
    }

    @Test
    void pairsOfARewardModelToo() {
        Reference reference = new Reference("qwen2");
        try (RewardModel kept = RewardModel.load(reference.folder().resolve("reward"));
                RewardModel again = RewardModel.load(reference.folder().resolve("reward"))) {
            again.setGradientCheckpointing(true);
            assertEquals(
                    kept.accumulate(reference.pairs()).loss(),
                    again.accumulate(reference.pairs()).loss(),
                    TOLERANCE);
            assertSameGradients(kept.parameters(), again.parameters());
        }
    }

    private static void assertSame(Reference reference, Function<CausalLM, LossStats> pass) {
        try (CausalLM kept = CausalLM.load(reference.folder(), 0);
                CausalLM again = CausalLM.load(reference.folder(), 0)) {
            again.setGradientCheckpointing(true);
            LossStats expected = pass.apply(kept);
            LossStats actual = pass.apply(again);
            assertEquals(expected.loss(), actual.loss(), TOLERANCE * Math.abs(expected.loss()));
            assertEquals(expected.meanEntropy(), actual.meanEntropy(), TOLERANCE);
            assertSameGradients(kept.parameters(), again.parameters());
        }
    }

    private static void assertSameGradients(List<Parameter> expected, List<Parameter> actual) {
        for (int i = 0; i < expected.size(); i++) {
            double error =
                    relativeError(expected.get(i).gradient(), actual.get(i).gradient());
            assertTrue(error < TOLERANCE, expected.get(i).name() + " " + error);
        }
    }
}
