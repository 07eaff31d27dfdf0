package io.jenkins.plugins.cascade.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders as they may come from anywhere. */
class WeightFilesTest {
    @TempDir
    Path folder;

    @Test
    void aHeadThatIsWrittenOutThoughTiedIsTheEmbedding() throws IOException {
        Reference reference = new Reference("llama");
        change(reference, tensors -> tensors.put("lm_head.weight", tensors.get("model.embed_tokens.weight")));
        try (CausalLM model = CausalLM.load(folder, 0);
                CausalLM before = CausalLM.load(reference.folder(), 0)) {
            assertArrayEquals(before.lastLogits(reference.sequences()), model.lastLogits(reference.sequences()));
            assertEquals(before.parameters().size(), model.parameters().size());
        }
    }

    @Test
    void anotherHeadOfATiedModelIsRefused() throws IOException {
        change(new Reference("llama"), tensors -> {
            float[] other = tensors.get("model.embed_tokens.weight").clone();
            other[7] += 1;
            tensors.put("lm_head.weight", other);
        });
        assertRefused("set tie_word_embeddings to false");
    }

    @Test
    void aMissingTensorIsNamed() throws IOException {
        change(new Reference("qwen2"), tensors -> tensors.remove("model.layers.1.mlp.up_proj.weight"));
        assertRefused("model.layers.1.mlp.up_proj.weight");
    }

    @Test
    void aMissingHeadOfAnUntiedModelIsNamed() throws IOException {
        change(new Reference("qwen2"), tensors -> tensors.remove("lm_head.weight"));
        assertRefused("it has no tensor lm_head.weight");
    }

    @Test
    void tensorsOfAnotherModelAreNamed() throws IOException {
        change(new Reference("qwen2"), tensors -> {
            for (int expert = 0; expert < 5; expert++) {
                tensors.put("model.layers.0.mlp.experts." + expert + ".up_proj.weight", new float[2]);
            }
        });
        assertRefused("model.layers.0.mlp.experts.0.up_proj.weight");
        assertRefused("and 2 more");
    }

    @Test
    void constantsOfTheRotaryEmbeddingAreNoObstacle() throws IOException {
        change(
                new Reference("llama"),
                tensors -> tensors.put("model.layers.0.self_attn.rotary_emb.inv_freq", new float[2]));
        CausalLM.load(folder, 0).close();
    }

    @Test
    void halfAFileIsRefused() throws IOException {
        Reference reference = new Reference("qwen2");
        change(reference, tensors -> {});
        Path file = folder.resolve(WeightFiles.SINGLE);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertRefused("does not lie within the file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"weight_map\": {\"model.embed_tokens.weight\": \"../elsewhere.safetensors\"}}",
                "{\"weight_map\": {\"model.embed_tokens.weight\": \"/etc/passwd\"}}",
                "{\"weight_map\": {\"model.embed_tokens.weight\": \"a\\u0000.safetensors\"}}",
                "{\"weight_map\": {\"model.embed_tokens.weight\": \"a\\\\b.safetensors\"}}",
                "{\"weight_map\": {\"model.embed_tokens.weight\": \"weights.bin\"}}",
                "{\"weight_map\": {\"model.embed_tokens.weight\": 7}}",
                "{\"weight_map\": [\"a.safetensors\"]}",
                "{}",
            })
    void anIndexOfAnythingButFilesOfTheFolderIsRefused(String index) throws IOException {
        Files.copy(new Reference("qwen2").folder().resolve("config.json"), folder.resolve("config.json"));
        Files.writeString(folder.resolve(WeightFiles.INDEX), index);
        assertRefused("model.safetensors.index.json");
    }

    @Test
    void aShardThatIsMissingIsNamed() throws IOException {
        Files.copy(new Reference("qwen2").folder().resolve("config.json"), folder.resolve("config.json"));
        try (CausalLM model = CausalLM.load(new Reference("qwen2").folder(), 0)) {
            Map<String, PtNDArray> tensors = new LinkedHashMap<>();
            model.parameters().forEach(parameter -> tensors.put(parameter.name(), parameter.tensor()));
            new ShardedWriter(ElementType.F32, 3000).write(folder, tensors);
        }
        String missing = JsonFile.read(folder.resolve(WeightFiles.INDEX))
                .path("weight_map")
                .path("model.norm.weight")
                .asText();
        Files.delete(folder.resolve(missing));
        assertRefused(missing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pytorch_model.bin", "adapter_model.safetensors", "model-q4.gguf"})
    void weightsInAnotherFormatAreNotTakenForNone(String name) throws IOException {
        Files.copy(new Reference("qwen2").folder().resolve("config.json"), folder.resolve("config.json"));
        Files.write(folder.resolve(name), new byte[4]);
        assertRefused(name);
    }

    @Test
    void filesOfSeveralTypesAreReadExactlyAndKeptInFloat32() throws IOException {
        Reference reference = new Reference("qwen3");
        Files.copy(reference.folder().resolve("config.json"), folder.resolve("config.json"));
        try (CausalLM model = CausalLM.load(reference.folder(), 0)) {
            model.save(folder, ElementType.BF16);
            assertEquals(ElementType.BF16, CausalLM.storedType(folder));
            Path index = folder.resolve(WeightFiles.INDEX);
            StringBuilder map = new StringBuilder();
            Files.move(folder.resolve(WeightFiles.SINGLE), folder.resolve("half.safetensors"));
            Parameter last = model.parameters().get(model.parameters().size() - 1);
            SafetensorsWriter.write(
                    folder.resolve("whole.safetensors"), Map.of(last.name(), last.tensor()), Map.of(), ElementType.F32);
            model.parameters().forEach(parameter -> map.append(map.isEmpty() ? "" : ",")
                    .append('"')
                    .append(parameter.name())
                    .append("\":\"")
                    .append(parameter == last ? "whole" : "half")
                    .append(".safetensors\""));
            Files.writeString(index, "{\"weight_map\":{" + map + "}}");
            assertEquals(ElementType.F32, CausalLM.storedType(folder));
            try (CausalLM again = CausalLM.load(folder, 0)) {
                assertArrayEquals(
                        last.toArray(),
                        again.parameters().get(model.parameters().size() - 1).toArray());
            }
        }
    }

    private void assertRefused(String reason) {
        ModelException e = assertThrows(ModelException.class, () -> CausalLM.load(folder, 0));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
        assertTrue(e.getMessage().contains(folder.toString()), e.getMessage());
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    }

    /** The model of a family with other tensors. */
    private void change(Reference reference, Consumer<Map<String, float[]>> change) throws IOException {
        Files.copy(reference.folder().resolve("config.json"), folder.resolve("config.json"));
        Map<String, float[]> values = new LinkedHashMap<>(reference.tensors("model.safetensors"));
        Map<String, Shape> shapes = new LinkedHashMap<>();
        try (SafetensorsFile file = SafetensorsFile.open(reference.folder().resolve("model.safetensors"))) {
            file.names().forEach(name -> shapes.put(name, file.shape(name)));
        }
        change.accept(values);
        shapes.put("lm_head.weight", shapes.get("model.embed_tokens.weight"));
        try (PtNDManager manager = Engine.newManager(Device.cpu())) {
            Map<String, PtNDArray> tensors = new LinkedHashMap<>();
            values.forEach((name, row) -> tensors.put(
                    name, (PtNDArray) manager.create(row, shapes.getOrDefault(name, new Shape(row.length)))));
            SafetensorsWriter.write(folder.resolve(WeightFiles.SINGLE), tensors, Map.of("format", "pt"));
        }
    }
}
