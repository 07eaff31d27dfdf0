package io.jenkins.plugins.cascade.verify.math;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cascade.verify.InvalidVerifierException;
import io.jenkins.plugins.cascade.verify.Outcome;
import io.jenkins.plugins.cascade.verify.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    @CsvSource({
        "What percent of the cards are red?, 42, PASS",
        "Find the percentage of red cards., 42, PASS",
        "How many cards are red?, 42, FAIL",
        "A card costs 30 after a 20% discount. What did it cost?, 42, FAIL",
        "What percent of the cards are red?, 43, FAIL"
    })
    void takesAPercentSignThatTheReferenceLacksOnlyWhereAPercentageWasAskedFor(
            String prompt, String answer, Outcome expected) {
        JsonNode spec =
                JsonNodeFactory.instance.objectNode().put("type", "math").put("answer", "42");
        for (String sign : List.of("\\%", "%", " percent", "\\text{ percent}")) {
            Verdict verdict = new MathVerifier().verify(prompt, boxed(answer + sign), spec);
            assertEquals(expected, verdict.outcome(), () -> prompt + sign + ": " + verdict.detail());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\frac{1}{", "\\begin{cases} 1 \\end{cases}", "((1)", "\\unknown{3}"})
    void saysThatAReferenceCannotBeRead(String gold) {
        assertEquals(
                Outcome.UNPARSEABLE_GOLD, verify(gold, "\\boxed{" + gold + "}").outcome());
    }

    @Test
    void acceptsNoneOfTenThousandGeneratedWrongAnswers() {
        GeneratedAnswers answers = new GeneratedAnswers(1);
        List<String> accepted = new ArrayList<>();
        for (int count = 0; count < 10_000; count++) {
            GeneratedAnswers.Sample sample = answers.next();
            if (verify(sample.gold(), boxed(sample.wrong())).outcome() != Outcome.FAIL) {
                accepted.add(sample.wrong() + " for " + sample.gold());
            }
        }
        assertEquals(List.of(), accepted);
    }

    @Test
    void acceptsGeneratedAnswersThatAreWrittenInAnotherWay() {
        GeneratedAnswers answers = new GeneratedAnswers(2);
        List<String> refused = new ArrayList<>();
        for (int count = 0; count < 3000; count++) {
            GeneratedAnswers.Sample sample = answers.next();
            Verdict verdict = verify(sample.gold(), boxed(sample.right()));
            if (verdict.outcome() != Outcome.PASS) {
                refused.add(sample.right() + " for " + sample.gold() + ": " + verdict.detail());
            }
        }
        assertEquals(List.of(), refused);
    }

    static Stream<String> costlyAnswers() {
        return Stream.of(
                "9".repeat(1_000_000),
                "\\boxed{" + "9".repeat(1_000_000) + "}",
                "\\boxed{9^{9^{9^{9}}}}",
                "\\boxed{2^{999999999999}}",
                "\\boxed{" + "9".repeat(1900) + "^{" + "9".repeat(50) + "}}",
                "\\boxed{(1/3)^{60000}}",
                "\\boxed{" + "1000!".repeat(300) + "}",
                "\\boxed{1e999999999}",
                "\\boxed{" + "(".repeat(1000) + "1" + ")".repeat(900) + "}",
                "\\boxed{" + "{".repeat(100_000),
                "\\boxed{" + "\\frac{1}{".repeat(150) + "1" + "}".repeat(150) + "}",
                "\\boxed{" + "\\text{".repeat(250) + "}".repeat(250) + "}",
                "\\boxed{" + "2^".repeat(900) + "2}",
                "\\boxed{9^{9^{9^9}}+\\sqrt{2}}",
                "\\boxed{\\sqrt{2}" + "\\cdot\\arctan(7)".repeat(100) + "}",
                "\\boxed{\\sqrt{2}" + "+\\arctan(7)-\\arctan(7)".repeat(60) + "}",
                "\\boxed{\\sqrt{2}+" + "\\sin(".repeat(50) + "10^{900}" + ")".repeat(50) + "}",
                "\\boxed{\\sqrt{2}+\\sin(10^{900000})}",
                "\\boxed{\\sqrt{2}+" + "((1000!)!)!".repeat(100) + "}",
                "\\boxed{x^2+y+" + "x^{999}y^{-999}+".repeat(120) + "1}",
                "\\boxed{x^2+y+" + "\\sqrt[63]{x}^{61}-\\sqrt[63]{x}^{61}+".repeat(50) + "10^{-40}}",
                "\\boxed{x^2+y+\\binom{x}{1000}^{1000}}",
                "\\boxed{x^2+y+\\binom{x}{y+1000}}",
                "\\boxed{x^2+y+(x!)^{900}-(x!)^{900}+1}",
                "\\boxed{x^{y^{x^{y^{x^{y^{99999}}}}}}}",
                "\\boxed{" + "-".repeat(1900) + "}",
                "\\boxed{" + "1,".repeat(900) + "1}",
                "\\boxed{" + "x=".repeat(900) + "1}",
                "\\boxed{\\sqrt[63]{" + "7".repeat(1800) + "}}",
                "$".repeat(1_000_000),
                "\\(".repeat(300_000),
                "the answer is ".repeat(50_000),
                "\\boxed".repeat(100_000),
                "1 ".repeat(500_000),
                "1,".repeat(500_000),
                "-".repeat(1_000_000),
                "<think>".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("costlyAnswers")
    void answersQuicklyWhateverIsWritten(String response) {
        for (String gold : List.of("5", "x > 3", "\\{1,2\\}", "Yes", "x^2 + y", "\\sqrt{2}")) {
            Verdict verdict = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> verify(gold, response));
            assertEquals(Outcome.FAIL, verdict.outcome());
        }
    }

    @Test
    void refusesDataWithoutAReadableAnswer() {
        for (String gold : List.of("", "  ", "\\frac{1}{")) {
            assertThrows(InvalidVerifierException.class, () -> verifier.check(spec(gold)), gold);
        }
        assertThrows(InvalidVerifierException.class, () -> verifier.check(JsonNodeFactory.instance.objectNode()));
        assertDoesNotThrow(() -> verifier.check(spec("\\frac{1}{2}")));
    }

    private static String boxed(String answer) {
        return "\\boxed{" + answer + "}";
    }

    private static ObjectNode spec(String gold) {
        return JsonNodeFactory.instance.objectNode().put("type", "math").put("answer", gold);
    }

    private Verdict verify(String gold, String response) {
        return verifier.verify(
                "",
                response,
                JsonNodeFactory.instance.objectNode().put("type", "math").put("answer", gold));
    }
}
