package io.jenkins.plugins.cascade.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Against what bench/reference/model_rope_reference.py got from transformers for every scaling. */
class RopeTest {
    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> frequenciesAndAttentionFactorAreThoseOfTransformers() {
        JsonNode cases = JsonFile.read(Reference.folder("rope.json")).path("cases");
        return StreamSupport.stream(cases.spliterator(), false)
                .map(reference -> DynamicTest.dynamicTest(
                        reference.path("config").path("rope_scaling") + " "
                                + reference.path("config").path("rope_theta"),
                        () -> compare(reference)));
    }

    private void compare(JsonNode reference) throws IOException {
        Files.write(folder.resolve("config.json"), new ObjectMapper().writeValueAsBytes(reference.path("config")));
        ModelConfig config = ModelConfig.read(folder);
        float[] frequencies = config.rope().frequencies(config.headDim());
        JsonNode expected = reference.path("frequencies");
        assertEquals(expected.size(), frequencies.length);
        for (int i = 0; i < frequencies.length; i++) {
            double wanted = expected.path(i).asDouble();
            assertEquals(wanted, frequencies[i], 1e-6 * wanted, "pair " + i);
        }
        double factor = reference.path("attentionFactor").asDouble();
        assertEquals(factor, config.rope().attentionFactor(), 1e-9);
    }
}
