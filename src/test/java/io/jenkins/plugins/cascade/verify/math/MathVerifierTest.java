package io.jenkins.plugins.cascade.verify.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.cascade.verify.Outcome;
import io.jenkins.plugins.cascade.verify.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MathVerifierTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private final MathVerifier verifier = new MathVerifier();

    static Stream<JsonNode> cases() throws IOException {
        try (InputStream stream = MathVerifierTest.class.getResourceAsStream("../math-cases.jsonl")) {
            assertNotNull(stream);
            List<String> lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
            return lines.stream().map(MathVerifierTest::read);
        }
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void judgesEachKindOfAnswer(JsonNode line) {
        Verdict verdict = verify(line.get("gold").asText(), line.get("response").asText());
        Outcome expected = line.get("right").asBoolean() ? Outcome.PASS : Outcome.FAIL;
        assertEquals(expected, verdict.outcome(), verdict::detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\frac{1}{", "\\begin{cases} 1 \\end{cases}", "((1)", "\\unknown{3}"})
    void saysThatAReferenceCannotBeRead(String gold) {
        assertEquals(
                Outcome.UNPARSEABLE_GOLD, verify(gold, "\\boxed{" + gold + "}").outcome());
    }

    private Verdict verify(String gold, String response) {
        return verifier.verify(
                "",
                response,
                JsonNodeFactory.instance.objectNode().put("type", "math").put("answer", gold));
    }
}
