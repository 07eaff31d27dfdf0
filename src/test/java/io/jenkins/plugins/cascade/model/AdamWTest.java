package io.jenkins.plugins.cascade.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdamWTest {
    private final Reference reference = new Reference("llama");

    @TempDir
    Path temporary;

    @Test
    void aResumedOptimizerGoesOnExactly() {
        Path state = temporary.resolve("optimizer.safetensors");
        try (CausalLM model = CausalLM.load(reference.folder(), 0);
                AdamW optimizer = optimizer(model)) {
            step(model, optimizer);
            step(model, optimizer);
            optimizer.save(state);
            model.save(temporary);
            try (CausalLM resumed = CausalLM.load(temporary, 0);
                    AdamW second = optimizer(resumed)) {
                second.load(state);
                assertEquals(2, second.steps());
                assertEquals(step(model, optimizer), step(resumed, second));
                assertArrayEquals(weights(model), weights(resumed));
            }
        }
    }

    @Test
    void gradientsOfSeveralBatchesAddUpAndAStepClearsThem() {
        List<WeightedSequence> sequences = reference.weighted();
        try (CausalLM model = CausalLM.load(reference.folder(), 0);
                AdamW optimizer = optimizer(model)) {
            model.accumulate(sequences);
            float[] whole = model.parameters().get(0).gradient();
            optimizer.step(0);
            assertArrayEquals(new float[whole.length], model.parameters().get(0).gradient());
            model.accumulate(sequences.subList(0, 2));
            model.accumulate(sequences.subList(2, sequences.size()));
            assertTrue(Reference.relativeError(whole, model.parameters().get(0).gradient()) < 1e-6);
        }
    }

    @Test
    void aGradientThatIsNotFiniteChangesNothing() {
        try (CausalLM model = CausalLM.load(reference.folder(), 0);
                AdamW optimizer = optimizer(model)) {
            float[] before = weights(model);
            model.accumulate(List.of(new WeightedSequence(new int[] {2, 3}, new float[] {0, Float.NaN})));
            assertFalse(Double.isFinite(optimizer.step(1e-2)));
            assertArrayEquals(before, weights(model));
            assertTrue(Double.isFinite(step(model, optimizer)));
        }
    }

    @Test
    void decayIsForMatricesOnly() {
        try (CausalLM model = CausalLM.load(new Reference("qwen2").folder(), 0)) {
            for (Parameter parameter : model.parameters()) {
                boolean plain =
                        parameter.name().contains("norm") || parameter.name().endsWith(".bias");
                assertEquals(!plain, parameter.decayed(), parameter.name());
            }
        }
    }

    @Test
    void theStateOfAnotherModelIsRefused() {
        Path state = temporary.resolve("optimizer.safetensors");
        try (CausalLM model = CausalLM.load(reference.folder(), 0);
                AdamW optimizer = optimizer(model);
                CausalLM other = CausalLM.load(new Reference("qwen3").folder(), 0);
                AdamW second = optimizer(other)) {
            optimizer.save(state);
            ModelException e = assertThrows(ModelException.class, () -> second.load(state));
            assertTrue(e.getMessage().contains(state.toString()), e.getMessage());
        }
    }

    private AdamW optimizer(CausalLM model) {
        return new AdamW(model.parameters(), 0.9, 0.95, 1e-8, 0.1, 1);
    }

    private double step(CausalLM model, AdamW optimizer) {
        model.accumulate(reference.weighted());
        return optimizer.step(1e-2);
    }

    private static float[] weights(CausalLM model) {
        float[] all = new float[0];
        for (Parameter parameter : model.parameters()) {
            float[] values = parameter.toArray();
            all = Arrays.copyOf(all, all.length + values.length);
            System.arraycopy(values, 0, all, all.length - values.length, values.length);
        }
        return all;
    }
}
