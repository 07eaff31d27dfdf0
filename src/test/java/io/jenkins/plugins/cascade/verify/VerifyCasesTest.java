package io.jenkins.plugins.cascade.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifyCasesTest {

    private static final String INPUT = String.join(
            "\n",
            "{\"id\":\"m1\",\"prompt\":\"\",\"response\":\"\\\\boxed{4}\",\"verifier\":{\"type\":\"math\",\"answer\":\"4\"}}",
            "{\"id\":2,\"response\":\"5\",\"verifier\":{\"type\":\"math\",\"answer\":\"4\"}}",
            "not json",
            "",
            "{\"id\":\"i\",\"response\":\"a, b\",\"verifier\":{\"type\":\"ifeval\",\"instruction_id_list\":[\"punctuation:no_comma\",\"startend:quotation\"],\"kwargs\":[{},{}]}}",
            "{\"id\":\"x\",\"response\":3,\"verifier\":{}}",
            "{\"id\":\"g\",\"response\":\"1\",\"verifier\":{\"type\":\"math\",\"answer\":\"\\\\frac{1}{\"}}",
            "{\"id\":\"u\",\"response\":\"1\",\"verifier\":{\"type\":\"alchemy\"}} trailing",
            "{\"id\":\"u\",\"response\":\"1\",\"verifier\":{\"type\":\"alchemy\"}}");

    @Test
    void writesALineForEveryCaseInOrder() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        VerifySummary summary = run(lines);
        assertEquals(
                List.of("PASS", "FAIL", "ERROR", "FAIL", "ERROR", "UNPARSEABLE_GOLD", "ERROR", "ERROR"),
                lines.stream().map(line -> line.get("outcome").asText()).toList());
        assertEquals("m1", lines.get(0).get("id").asText());
        assertEquals(1.0, lines.get(0).get("score").asDouble());
        assertTrue(lines.get(0).get("millis").asDouble() >= 0);
        assertEquals("[false,false]", lines.get(3).get("strict").toString());
        assertEquals("[false,false]", lines.get(3).get("loose").toString());
        assertEquals(8, summary.total());
        assertEquals(1, summary.count(Outcome.PASS));
        assertTrue(summary.text().contains("math: 50.0 % right"), summary::text);
    }

    @Test
    void namesTheNumberOfALineThatIsNoCase() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        run(lines);
        assertTrue(lines.get(2).get("detail").asText().startsWith("Line 3 is not JSON"));
        assertTrue(lines.get(2).get("score").isNull());
        assertTrue(lines.get(4).get("detail").asText().startsWith("Line 6 needs"));
        assertTrue(lines.get(6).get("detail").asText().startsWith("Line 8 is not JSON"));
    }

    private static VerifySummary run(List<JsonNode> lines) throws IOException {
        StringBuilder results = new StringBuilder();
        try (Verifiers verifiers = Verifiers.standard()) {
            VerifySummary summary = new VerifyCases(verifiers).run(new StringReader(INPUT), results);
            for (String line : results.toString().split("\n")) {
                lines.add(new ObjectMapper().readTree(line));
            }
            return summary;
        }
    }
}
