package io.jenkins.plugins.cascade.model;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * A real pre-trained model against transformers, whose answers examples/smollm2/greedy.py wrote. Needs the folder that
 * examples/smollm2/prepare.py makes, or its path in the system property {@code cascade.smollm2}.
 */
class SmolLm2GreedyTest {
    private static final Path FOLDER = Path.of(System.getProperty("cascade.smollm2", "examples/smollm2/model"));
    private static final int TOKENS = 40;

    private final List<JsonNode> expected = new ArrayList<>();

    @BeforeEach
    void readTheAnswersOfTransformers() throws IOException {
        assumeTrue(
                Files.isRegularFile(FOLDER.resolve("model.safetensors")),
                FOLDER + " is not there; python3 examples/smollm2/prepare.py makes it");
        try (InputStream in = getClass().getResourceAsStream("smollm2/greedy.json")) {
            new ObjectMapper().readTree(in).forEach(expected::add);
        }
        assertEquals(20, expected.size());
    }

    @Test
    void promptsAreTheTokensOfTransformersTemplate() {
        try (Tokenizer tokenizer = Tokenizer.load(FOLDER)) {
            ChatEncoder encoder = new ChatEncoder(tokenizer, ChatTemplate.load(FOLDER));
            assertAll(expected.stream().map(answer -> {
                String content = answer.path("content").textValue();
                return (Executable) () -> assertArrayEquals(
                        ids(answer, "prompt"), encoder.prompt(List.of(new ChatMessage("user", content))), content);
            }));
        }
    }

    @Test
    void greedyAnswersAreThoseOfTransformersTokenByToken() {
        try (CausalLM model = CausalLM.load(FOLDER, 0)) {
            List<GenerationRequest> requests = expected.stream()
                    .map(answer -> new GenerationRequest(ids(answer, "prompt"), 1, 0))
                    .toList();
            List<Completion> answers = model.generate(requests, Sampling.greedy(TOKENS, Set.of()));
            assertEquals(expected.size(), answers.size());
            assertAll(IntStream.range(0, answers.size())
                    .mapToObj(i -> () -> assertArrayEquals(
                            ids(expected.get(i), "answer"),
                            answers.get(i).tokens(),
                            expected.get(i).path("content").textValue())));
        }
    }

    private static int[] ids(JsonNode answer, String field) {
        return StreamSupport.stream(answer.path(field).spliterator(), false)
                .mapToInt(JsonNode::intValue)
                .toArray();
    }
}
