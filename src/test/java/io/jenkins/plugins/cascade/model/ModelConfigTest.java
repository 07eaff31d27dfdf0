package io.jenkins.plugins.cascade.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelConfigTest {
    private static final String LLAMA =
            """
            "model_type": "llama", "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 4,
            "intermediate_size": 24, "vocab_size": 64""";

    @TempDir
    Path folder;

    @Test
    void bothWaysToWriteTheRopeDownAreRead() throws IOException {
        Rope.Llama3 scaling = new Rope.Llama3(8, 1, 4, 8192);
        ModelConfig old = read(LLAMA + ", \"rope_theta\": 500000, \"rope_scaling\": {\"rope_type\": \"llama3\", "
                + "\"factor\": 8, \"low_freq_factor\": 1, \"high_freq_factor\": 4, "
                + "\"original_max_position_embeddings\": 8192}");
        assertEquals(new Rope(500_000, scaling), old.rope());
        ModelConfig recent = read(LLAMA + ", \"rope_parameters\": {\"rope_theta\": 500000, \"rope_type\": \"llama3\", "
                + "\"factor\": 8, \"low_freq_factor\": 1, \"high_freq_factor\": 4, "
                + "\"original_max_position_embeddings\": 8192}");
        assertEquals(old.rope(), recent.rope());
        assertEquals(
                new Rope(10_000, new Rope.None()),
                read(LLAMA + ", \"rope_scaling\": null").rope());
    }

    @Test
    void linearScalingDividesEveryFrequency() {
        assertArrayEquals(new float[] {0.5f, 0.005f}, new Rope(10_000, new Rope.Linear(2)).frequencies(4), 1e-9f);
    }

    @Test
    void yarnIsReadWithTheDefaultsOfTransformers() throws IOException {
        double factor = 0.1 * Math.log(4) + 1;
        assertEquals(
                new Rope.Yarn(4, 32768, 32, 1, true, factor),
                read(LLAMA + ", \"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\": 4.0, "
                                + "\"original_max_position_embeddings\": 32768}")
                        .rope()
                        .scaling());
        assertEquals(
                new Rope.Yarn(2, 1024, 16, 2, false, 1.5),
                read(LLAMA + ", \"max_position_embeddings\": 2048, \"original_max_position_embeddings\": 1024, "
                                + "\"rope_parameters\": {\"rope_type\": \"yarn\", \"beta_fast\": 16, \"beta_slow\": 2, "
                                + "\"truncate\": false, \"attention_factor\": 1.5}}")
                        .rope()
                        .scaling());
    }

    @Test
    void aWindowThatNoLayerUsesIsNoObstacle() throws IOException {
        assertEquals(
                2,
                read(LLAMA + ", \"use_sliding_window\": true, \"max_window_layers\": 2")
                        .layers());
        assertEquals(
                2,
                read(LLAMA + ", \"use_sliding_window\": false, \"sliding_window\": 4096, "
                                + "\"layer_types\": [\"full_attention\", \"full_attention\"]")
                        .layers());
    }

    @Test
    void whatAFileLeavesOutIsWhatTransformersAssumes() throws IOException {
        ModelConfig config = read(LLAMA);
        assertEquals(4, config.kvHeads());
        assertEquals(4, config.headDim());
        assertEquals(1e-6, config.rmsNormEps());
        assertFalse(config.tieWordEmbeddings());
        assertFalse(config.qkvBias());
        assertEquals(new ModelConfig.Initialization(0.02, 0.02, false), config.initialization());
        assertTrue(config.bosId().isEmpty());
        assertEquals(128, read(LLAMA.replace("llama", "qwen3")).headDim());
        assertTrue(read(LLAMA.replace("llama", "qwen2")).qkvBias());
        assertFalse(read(LLAMA.replace("llama", "qwen2")).outputBias());
    }

    @Test
    void endTokensOfBothFilesAreJoined() throws IOException {
        Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": [5, 7], \"bos_token_id\": 3}");
        ModelConfig config = read(LLAMA + ", \"eos_token_id\": 5");
        assertEquals(List.of(5, 7), config.eosIds());
        assertEquals(3, config.bosId().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"model_type\": \"mistral\"; the model_type \"mistral\"",
                "\"rope_scaling\": {\"type\": \"longrope\"}; the RoPE scaling \"longrope\"",
                "\"rope_scaling\": {\"type\": \"yarn\", \"factor\": -1}; lacks a positive factor",
                "\"use_sliding_window\": true, \"max_window_layers\": 1; use_sliding_window",
                "\"layer_types\": [\"full_attention\", \"sliding_attention\"]; layers with sliding_attention",
                "\"mlp_bias\": true; mlp_bias",
                "\"hidden_act\": \"gelu\"; a hidden_act other than silu",
                "\"partial_rotary_factor\": 0.5; partial_rotary_factor",
                "\"vocab_size\": \"many\"; vocab_size",
                "\"num_hidden_layers\": 0; num_hidden_layers",
                "\"num_key_value_heads\": 3; num_key_value_heads 3",
                "\"head_dim\": 5; head_dim 5 is odd",
                "\"hidden_size\": null; hidden_size",
            })
    void whatIsNotSupportedIsRefusedWithTheFilesName(String field, String reason) {
        ModelException e = assertThrows(ModelException.class, () -> read(LLAMA + ", " + field));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
        assertTrue(e.getMessage().contains("config.json"), e.getMessage());
    }

    @Test
    void aFolderWithoutConfigurationAndBrokenJsonAreNamed() throws IOException {
        ModelException missing = assertThrows(ModelException.class, () -> ModelConfig.read(folder));
        assertTrue(missing.getMessage().contains("config.json"), missing.getMessage());
        ModelException broken = assertThrows(ModelException.class, () -> read("\"model_type\": "));
        assertTrue(broken.getMessage().contains("not valid JSON"), broken.getMessage());
    }

    private ModelConfig read(String fields) throws IOException {
        Files.writeString(folder.resolve("config.json"), "{" + fields + "}");
        return ModelConfig.read(folder);
    }
}
