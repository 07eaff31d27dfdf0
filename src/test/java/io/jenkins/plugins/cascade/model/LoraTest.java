package io.jenkins.plugins.cascade.model;

import static io.jenkins.plugins.cascade.model.Reference.relativeError;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against PEFT's numbers for an adapter that PEFT saved, see bench/reference/lora_reference.py. */
class LoraTest {
    private static final double TOLERANCE = 1e-5;
    private static final String PREFIX = "base_model.model.";
    private static final String PYTHON = "cascade.python.transformers";
    private static final LoraConfig ALL = new LoraConfig(4, 8, LoraConfig.ALL_LINEAR, 0);

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"llama", "qwen2", "qwen3"})
    void logitsLossAndGradientsAreThoseOfPeft(String family) {
        Reference reference = new Reference(family);
        JsonNode expected = expected(reference);
        Map<String, float[]> gradients = reference.tensors("lora/gradients.safetensors");
        try (CausalLM model = adapted(reference)) {
            assertLogits(expected, model.lastLogits(reference.sequences()));
            float[][] logProbs = model.logProbs(reference.sequences());
            LossStats stats = model.accumulate(reference.weighted());
            double loss = expected.path("loss").asDouble();
            assertEquals(loss, stats.loss(), TOLERANCE * Math.abs(loss));
            assertEquals(gradients.size(), model.parameters().size());
            for (Parameter parameter : model.parameters()) {
                double error = relativeError(gradients.get(PREFIX + parameter.name()), parameter.gradient());
                assertTrue(error < TOLERANCE, parameter.name() + " " + error);
            }
            for (int i = 0; i < logProbs.length; i++) {
                float[] row = Reference.floats(expected.path("logProbs").path(i));
                assertTrue(relativeError(row, logProbs[i]) < TOLERANCE, "sequence " + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "qwen2", "qwen3"})
    void sixClippedAdamWStepsAreThoseOfPeftAndTheBaseStaysAsItWas(String family) {
        Reference reference = new Reference(family);
        Map<String, float[]> after = reference.tensors("lora/after_adamw.safetensors");
        Map<String, float[]> base = reference.tensors("model.safetensors");
        try (CausalLM model = adapted(reference);
                AdamW optimizer = new AdamW(model.parameters(), 0.9, 0.95, 1e-8, 0.1, 1)) {
            for (float norm : Reference.floats(expected(reference).path("gradientNorms"))) {
                model.accumulate(reference.weighted());
                assertEquals(norm, optimizer.step(1e-2), 1e-4 * norm);
            }
            for (Parameter parameter : model.parameters()) {
                double error = relativeError(after.get(PREFIX + parameter.name()), parameter.toArray());
                assertTrue(error < TOLERANCE, parameter.name() + " " + error);
            }
            for (Parameter weight : model.decoder().frozenWeights()) {
                assertArrayEquals(base.get(weight.name()), weight.toArray(), weight.name());
                assertFalse(weight.trained(), weight.name() + " takes memory for a gradient");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "qwen2", "qwen3"})
    void aFolderWithPeftsAdapterAloneIsItsBaseModelWithTheAdapterAdded(String family) {
        Reference reference = new Reference(family);
        try (CausalLM model = CausalLM.load(reference.folder().resolve("lora"), 0)) {
            assertLogits(expected(reference), model.lastLogits(reference.sequences()));
            assertTrue(model.lora().isEmpty());
        }
    }

    @Test
    void aFreshAdapterIsPeftsInitialisationAndChangesNothing() {
        Reference reference = new Reference("qwen3");
        try (CausalLM plain = CausalLM.load(reference.folder(), 0);
                CausalLM model = CausalLM.load(reference.folder(), 0);
                CausalLM other = CausalLM.load(reference.folder(), 0)) {
            model.adapt(ALL, 5);
            other.adapt(ALL, 6);
            assertArrayEquals(plain.lastLogits(reference.sequences()), model.lastLogits(reference.sequences()));
            for (int i = 0; i < model.parameters().size(); i += 2) {
                float[] a = model.parameters().get(i).toArray();
                double bound = 1 / Math.sqrt(model.parameters().get(i).shape()[1]);
                float largest = 0;
                for (float value : a) {
                    largest = Math.max(largest, Math.abs(value));
                }
                assertTrue(largest <= bound && largest > 0.8 * bound, largest + " of " + bound);
                assertNotEquals(a[0], other.parameters().get(i).toArray()[0]);
                float[] b = model.parameters().get(i + 1).toArray();
                assertArrayEquals(new float[b.length], b);
            }
        }
    }

    @Test
    void rolloutsAreThoseOfTheAdaptedWeightsAlsoAfterAnUpdate() {
        Reference reference = new Reference("llama");
        List<GenerationRequest> requests = reference.sequences().stream()
                .map(prompt -> new GenerationRequest(prompt, 2, 3))
                .toList();
        Sampling sampling = new Sampling(1, 1, 0, 12, Set.of(1), 8);
        try (CausalLM model = adapted(reference);
                AdamW optimizer = new AdamW(model.parameters(), 0.9, 0.95, 1e-8, 0, 1)) {
            List<Completion> before = model.generate(requests, sampling);
            model.accumulate(reference.weighted());
            List<Completion> unchanged = model.generate(requests, sampling);
            assertArrayEquals(before.get(0).tokens(), unchanged.get(0).tokens());
            optimizer.step(0.3);
            model.save(temporary);
            try (CausalLM saved = CausalLM.load(temporary, 0)) {
                List<Completion> after = model.generate(requests, sampling);
                List<Completion> expected = saved.generate(requests, sampling);
                for (int i = 0; i < after.size(); i++) {
                    assertArrayEquals(expected.get(i).tokens(), after.get(i).tokens());
                }
                assertFalse(Arrays.equals(before.get(0).logProbs(), after.get(0).logProbs()));
            }
        }
    }

    @Test
    void packedAndSharedPassesGiveTheGradientsOfPaddedOnes() {
        Reference reference = new Reference("qwen3");
        List<WeightedSequence> counted = reference.weighted().stream()
                .filter(sequence -> sequence.tokens().length > 3)
                .toList();
        try (CausalLM padded = adapted(reference);
                CausalLM packed = adapted(reference);
                CausalLM shared = adapted(reference)) {
            padded.accumulate(counted, 1);
            packed.accumulatePacked(counted);
            shared.accumulateShared(counted, 1);
            for (int i = 0; i < padded.parameters().size(); i++) {
                float[] expected = padded.parameters().get(i).gradient();
                assertTrue(relativeError(expected, packed.parameters().get(i).gradient()) < TOLERANCE);
                assertTrue(relativeError(expected, shared.parameters().get(i).gradient()) < TOLERANCE);
            }
        }
    }

    @Test
    void aSavedAdapterWithDropoutGoesOnWithTheSameMasks() {
        Reference reference = new Reference("llama");
        LoraConfig lora = new LoraConfig(4, 8, List.of("q_proj", "up_proj"), 0.3);
        try (CausalLM model = CausalLM.load(reference.folder(), 0);
                CausalLM resumed = CausalLM.load(reference.folder(), 0);
                CausalLM late = CausalLM.load(reference.folder(), 0)) {
            model.adapt(lora, 9);
            assertEquals(
                    List.of("q_proj", "up_proj"), model.lora().orElseThrow().targets());
            model.accumulate(reference.weighted());
            model.saveAdapter(temporary, null);
            float[] first = model.parameters().get(1).gradient();
            try (AdamW optimizer = new AdamW(model.parameters(), 0.9, 0.95, 1e-8, 0, 1)) {
                optimizer.step(0);
            }
            model.accumulate(reference.weighted());
            resumed.adapt(temporary, 9);
            resumed.accumulate(reference.weighted());
            assertArrayEquals(
                    model.parameters().get(1).gradient(),
                    resumed.parameters().get(1).gradient());
            late.adapt(lora, 9);
            late.accumulate(reference.weighted());
            assertArrayEquals(first, late.parameters().get(1).gradient());
            assertFalse(Arrays.equals(first, resumed.parameters().get(1).gradient()));
        }
    }

    @Test
    void whatIsNoPlainLoraIsRefusedByName() throws IOException {
        Reference reference = new Reference("qwen3");
        Path adapter = Files.createDirectories(temporary.resolve("adapter"));
        Files.copy(
                reference.folder().resolve("lora/adapter_model.safetensors"),
                adapter.resolve("adapter_model.safetensors"));
        ObjectNode json = JsonFile.read(reference.folder().resolve("lora/adapter_config.json"));
        JsonFile.write(adapter.resolve("adapter_config.json"), json.deepCopy().put("use_dora", true));
        assertRefused(adapter, "use_dora");
        JsonFile.write(adapter.resolve("adapter_config.json"), json.deepCopy().put("peft_type", "IA3"));
        assertRefused(adapter, "IA3");
        JsonFile.write(adapter.resolve("adapter_config.json"), json.deepCopy().put("base_model_name_or_path", "a/b"));
        assertRefused(adapter, "\"a/b\"");
    }

    @Test
    void aModelInTrainingTakesNoAdapterAndAnUnknownTargetIsRefused() {
        Reference reference = new Reference("llama");
        try (CausalLM model = CausalLM.load(reference.folder(), 0)) {
            model.accumulate(reference.weighted());
            assertThrows(ModelException.class, () -> model.adapt(ALL, 0));
            assertThrows(ModelException.class, () -> model.saveAdapter(temporary, null));
        }
        ModelException e = assertThrows(ModelException.class, () -> new LoraConfig(4, 8, List.of("lm_head"), 0));
        assertTrue(e.getMessage().contains("lm_head"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "qwen2", "qwen3"})
    void peftComputesTheSameLogitsFromASavedAdapterAndTransformersFromTheMergedModel(String family) throws Exception {
        Reference reference = new Reference(family);
        try (CausalLM model = CausalLM.load(reference.folder(), 0)) {
            model.adapt(new LoraConfig(3, 5, List.of("q_proj", "v_proj", "down_proj"), 0), 1);
            try (AdamW optimizer = new AdamW(model.parameters(), 0.9, 0.95, 1e-8, 0.1, 1)) {
                for (int step = 0; step < 3; step++) {
                    model.accumulate(reference.weighted());
                    optimizer.step(1e-1);
                }
            }
            model.save(temporary);
            model.saveAdapter(temporary.resolve("alone"), reference.folder());
            float[][] logits = model.lastLogits(reference.sequences());
            JsonNode rows = python(reference, "causal", temporary.toString());
            JsonNode beside = python(
                    reference,
                    "peft",
                    temporary.resolve("adapter").toString(),
                    reference.folder().toString());
            JsonNode alone =
                    python(reference, "peft", temporary.resolve("alone").toString());
            for (int i = 0; i < logits.length; i++) {
                assertArrayEquals(Reference.floats(rows.path(i)), logits[i], 1e-4f);
                assertArrayEquals(Reference.floats(beside.path(i)), logits[i], 1e-4f);
                assertArrayEquals(Reference.floats(alone.path(i)), logits[i], 1e-4f);
            }
        }
    }

    private JsonNode python(Reference reference, String kind, String folder, String... base) throws Exception {
        String python = System.getProperty(PYTHON, System.getenv("CASCADE_PYTHON_TRANSFORMERS"));
        Assumptions.assumeTrue(python != null, "no Python with transformers and peft is named by " + PYTHON);
        Path input = temporary.resolve("sequences.json");
        new ObjectMapper().writeValue(input.toFile(), reference.sequences());
        Path output = temporary.resolve("values.json");
        Path errors = temporary.resolve("errors.txt");
        List<String> command =
                new java.util.ArrayList<>(List.of(python, "bench/reference/model_logits.py", folder, kind));
        command.addAll(List.of(base));
        Process process = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertTrue(process.waitFor(3, TimeUnit.MINUTES), "transformers takes too long");
        assertEquals(0, process.exitValue(), Files.readString(errors, StandardCharsets.UTF_8));
        return new ObjectMapper().readTree(output.toFile());
    }

    private static CausalLM adapted(Reference reference) {
        CausalLM model = CausalLM.load(reference.folder(), 0);
        model.adapt(reference.folder().resolve("lora"), 0);
        return model;
    }

    private static JsonNode expected(Reference reference) {
        return JsonFile.read(reference.folder().resolve("lora/expected.json"));
    }

    private static void assertLogits(JsonNode expected, float[][] actual) {
        for (int i = 0; i < actual.length; i++) {
            float[] row = Reference.floats(expected.path("lastLogits").path(i));
            double error = relativeError(row, actual[i]);
            assertTrue(error < TOLERANCE, "sequence " + i + " " + error);
        }
    }

    private static void assertRefused(Path adapter, String word) {
        ModelException e = assertThrows(ModelException.class, () -> CausalLM.load(adapter, 0));
        assertTrue(e.getMessage().contains(word), e.getMessage());
    }
}
