package io.jenkins.plugins.cascade.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.pytorch.engine.PtNDArray;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    private static final String PYTHON = "cascade.python.transformers";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"llama", "llama_biased", "qwen2", "qwen3"})
    void aSavedModelIsReadBackBitForBit(String family) {
        Reference reference = new Reference(family);
        Path target = temporary.resolve("checkpoint");
        try (CausalLM model = CausalLM.load(reference.folder(), 0)) {
            model.save(target);
            try (CausalLM again = CausalLM.load(target, 0)) {
                assertArrayEquals(model.lastLogits(reference.sequences()), again.lastLogits(reference.sequences()));
            }
        }
        Map<String, float[]> before = reference.tensors("model.safetensors");
        Map<String, float[]> after = Reference.read(target.resolve("model.safetensors"));
        assertEquals(before.keySet(), after.keySet());
        before.forEach((name, values) -> assertArrayEquals(values, after.get(name), name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "llama_biased", "qwen2", "qwen3"})
    void transformersComputesTheSameLogitsFromASavedModel(String family) throws Exception {
        Reference reference = new Reference(family);
        try (CausalLM model = CausalLM.load(reference.folder(), 0);
                AdamW optimizer = new AdamW(model.parameters(), 0.9, 0.95, 1e-8, 0.1, 1)) {
            model.accumulate(reference.weighted());
            optimizer.step(1e-2);
            model.save(temporary);
            JsonNode rows = transformers("causal", reference.sequences());
            assertClose(rows, model.lastLogits(reference.sequences()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "llama_biased", "qwen2", "qwen3"})
    void transformersComputesTheSameScoresFromASavedRewardModel(String family) throws Exception {
        Reference reference = new Reference(family);
        try (CausalLM backbone = CausalLM.load(reference.folder(), 0);
                RewardModel model = RewardModel.from(backbone, 7)) {
            model.save(temporary);
            JsonNode rows = transformers("reward", reference.sequences());
            float[] scores = model.scores(reference.sequences());
            float[][] asRows = new float[scores.length][];
            Arrays.setAll(asRows, i -> new float[] {scores[i]});
            assertClose(rows, asRows);
        }
    }

    @Test
    void aRewardModelIsReadBackWithTheSameScores() {
        Reference reference = new Reference("qwen3");
        try (CausalLM backbone = CausalLM.load(reference.folder(), 0);
                RewardModel model = RewardModel.from(backbone, 7)) {
            model.save(temporary);
            try (RewardModel again = RewardModel.load(temporary)) {
                assertArrayEquals(model.scores(reference.sequences()), again.scores(reference.sequences()));
            }
        }
    }

    @Test
    void freshWeightsComeFromTheSeedWithTheConfiguredDeviations() throws IOException {
        Path folder = freshFolder(
                json -> json.putObject("cascade_init").put("linear_std", 0.08).put("embedding_std", 0.05));
        try (CausalLM model = CausalLM.load(folder, 1);
                CausalLM same = CausalLM.load(folder, 1);
                CausalLM other = CausalLM.load(folder, 2)) {
            assertEquals(0.05, deviation(model, "model.embed_tokens.weight"), 0.002);
            assertEquals(0.08, deviation(model, "model.layers.1.self_attn.q_proj.weight"), 0.004);
            assertEquals(0.08 / 2, deviation(model, "model.layers.1.mlp.down_proj.weight"), 0.002);
            assertArrayEquals(values(model, "model.norm.weight"), values(same, "model.norm.weight"));
            for (Parameter parameter : model.parameters()) {
                assertArrayEquals(parameter.toArray(), values(same, parameter.name()), parameter.name());
            }
            assertNotEquals(
                    values(model, "model.embed_tokens.weight")[0], values(other, "model.embed_tokens.weight")[0]);
        }
    }

    @Test
    void freshWeightsWithoutOwnDeviationsHaveTheInitializerRange() throws IOException {
        try (CausalLM model = CausalLM.load(freshFolder(json -> {}), 1)) {
            assertEquals(0.02, deviation(model, "model.layers.1.mlp.down_proj.weight"), 0.001);
            assertArrayEquals(new float[] {1}, Arrays.copyOf(values(model, "model.norm.weight"), 1));
        }
    }

    @Test
    void aCopyDoesNotFollowTheOriginal() {
        Reference reference = new Reference("llama");
        try (CausalLM model = CausalLM.load(reference.folder(), 0);
                CausalLM copy = model.copy();
                AdamW optimizer = new AdamW(model.parameters(), 0.9, 0.95, 1e-8, 0.1, 1)) {
            float[][] before = copy.lastLogits(reference.sequences());
            model.accumulate(reference.weighted());
            optimizer.step(1e-2);
            assertArrayEquals(before, copy.lastLogits(reference.sequences()));
            assertNotEquals(before[0][0], model.lastLogits(reference.sequences())[0][0]);
        }
    }

    @Test
    void shardsAreReadThroughTheirIndex() throws IOException {
        Reference reference = new Reference("qwen2");
        try (CausalLM model = CausalLM.load(reference.folder(), 0)) {
            model.save(temporary);
            saveSharded(model, temporary, 3000);
            assertFalse(Files.exists(temporary.resolve("model.safetensors")), "of the save before");
            JsonNode index = JsonFile.read(temporary.resolve("model.safetensors.index.json"));
            assertEquals(model.parameters().size(), index.path("weight_map").size());
            assertTrue(Files.exists(temporary.resolve(
                    index.path("weight_map").path("model.norm.weight").asText())));
            try (CausalLM again = CausalLM.load(temporary, 0)) {
                assertArrayEquals(model.lastLogits(reference.sequences()), again.lastLogits(reference.sequences()));
            }
        }
    }

    @Test
    void transformersReadsShardsInBfloat16() throws Exception {
        Reference reference = new Reference("qwen3");
        try (CausalLM model = CausalLM.load(reference.folder(), 0)) {
            model.save(temporary, ElementType.BF16);
            assertEquals(
                    "bfloat16",
                    JsonFile.read(temporary.resolve("config.json"))
                            .path("torch_dtype")
                            .asText());
            saveSharded(model, temporary, 2000);
            model.round(ElementType.BF16);
            assertClose(transformers("causal", reference.sequences()), model.lastLogits(reference.sequences()));
        }
    }

    private static void saveSharded(CausalLM model, Path folder, long largestFile) {
        Map<String, PtNDArray> tensors = new LinkedHashMap<>();
        model.parameters().forEach(parameter -> tensors.put(parameter.name(), parameter.tensor()));
        new ShardedWriter(CausalLM.storedType(folder), largestFile).write(folder, tensors);
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void aModelSavedInAnyTypeIsReadBackAsItWasRounded(ElementType type) {
        Reference reference = new Reference("llama");
        try (CausalLM model = CausalLM.load(reference.folder(), 0)) {
            float[][] before = model.lastLogits(reference.sequences());
            model.save(temporary, type);
            assertArrayEquals(before, model.lastLogits(reference.sequences()), "saving changes the model");
            model.round(type);
            assertEquals(type, CausalLM.storedType(temporary));
            try (CausalLM again = CausalLM.load(temporary, 0)) {
                float[][] rounded = model.lastLogits(reference.sequences());
                assertArrayEquals(rounded, again.lastLogits(reference.sequences()));
                assertEquals(type == ElementType.F32, Arrays.deepEquals(before, rounded));
            }
        }
    }

    @Test
    void anIndexThatPointsOutsideTheFolderIsRefused() throws IOException {
        Reference reference = new Reference("qwen2");
        Files.copy(reference.folder().resolve("config.json"), temporary.resolve("config.json"));
        Files.writeString(
                temporary.resolve("model.safetensors.index.json"),
                "{\"weight_map\": {\"model.embed_tokens.weight\": \"../elsewhere.safetensors\"}}");
        ModelException e = assertThrows(ModelException.class, () -> CausalLM.load(temporary, 0));
        assertTrue(e.getMessage().contains("outside the folder"), e.getMessage());
    }

    @Test
    void theTokenizerTravelsWithTheCheckpoint() throws IOException {
        Path folder = freshFolder(json -> {});
        Files.writeString(folder.resolve("tokenizer.json"), "{\"version\": \"1.0\"}");
        Files.writeString(folder.resolve("chat_template.jinja"), "{{ messages }}");
        Path target = temporary.resolve("checkpoint");
        try (CausalLM model = CausalLM.load(folder, 1)) {
            model.save(target);
            model.save(target);
        }
        assertEquals("{\"version\": \"1.0\"}", Files.readString(target.resolve("tokenizer.json")));
        assertEquals("{{ messages }}", Files.readString(target.resolve("chat_template.jinja")));
    }

    @Test
    void weightsOfAnotherShapeAreRefusedByName() throws IOException {
        Path folder = freshFolder(json -> {});
        try (CausalLM model = CausalLM.load(folder, 1)) {
            model.save(temporary.resolve("checkpoint"));
        }
        Path config = temporary.resolve("checkpoint/config.json");
        Files.writeString(
                config,
                Files.readString(config).replaceFirst("\"intermediate_size\" : 96", "\"intermediate_size\" : 97"));
        ModelException e = assertThrows(ModelException.class, () -> CausalLM.load(temporary.resolve("checkpoint"), 1));
        assertTrue(e.getMessage().contains("model.layers.0.mlp.gate_proj.weight"), e.getMessage());
    }

    private Path freshFolder(java.util.function.Consumer<ObjectNode> change) throws IOException {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("model_type", "llama").put("hidden_size", 64).put("num_hidden_layers", 2);
        json.put("num_attention_heads", 4).put("num_key_value_heads", 2).put("intermediate_size", 96);
        json.put("vocab_size", 100).put("tie_word_embeddings", true);
        change.accept(json);
        Path folder = Files.createDirectories(temporary.resolve("fresh"));
        JsonFile.write(folder.resolve("config.json"), json);
        return folder;
    }

    private static float[] values(CausalLM model, String name) {
        return model.parameters().stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElseThrow()
                .toArray();
    }

    private static double deviation(CausalLM model, String name) {
        double squares = 0;
        float[] values = values(model, name);
        for (float value : values) {
            squares += value * value;
        }
        return Math.sqrt(squares / values.length);
    }

    private JsonNode transformers(String kind, List<int[]> sequences) throws Exception {
        String python = System.getProperty(PYTHON, System.getenv("CASCADE_PYTHON_TRANSFORMERS"));
        Assumptions.assumeTrue(python != null, "no Python with transformers is named by " + PYTHON);
        Path input = temporary.resolve("sequences.json");
        MAPPER.writeValue(input.toFile(), sequences);
        Path output = temporary.resolve("values.json");
        Path errors = temporary.resolve("errors.txt");
        Process process = new ProcessBuilder(python, "bench/reference/model_logits.py", temporary.toString(), kind)
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertTrue(process.waitFor(3, TimeUnit.MINUTES), "transformers takes too long");
        assertEquals(0, process.exitValue(), Files.readString(errors, StandardCharsets.UTF_8));
        return MAPPER.readTree(output.toFile());
    }

    private static void assertClose(JsonNode expected, float[][] actual) {
        assertEquals(expected.size(), actual.length);
        for (int i = 0; i < actual.length; i++) {
            assertArrayEquals(Reference.floats(expected.path(i)), actual[i], 1e-4f, "sequence " + i);
        }
    }
}
