package io.jenkins.plugins.cascade.verify.ifeval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table was written by the original checker: bench/reference/verify_ifeval.py. */
class IfEvalVerifierTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private final IfEvalVerifier verifier = new IfEvalVerifier();

    private static List<JsonNode> table(boolean responses) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        try (InputStream stream = IfEvalVerifierTest.class.getResourceAsStream("../ifeval-cases.jsonl")) {
            assertNotNull(stream);
            BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                JsonNode row = JSON.readTree(line);
                if (row.has("response") == responses) {
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    static List<JsonNode> instructions() throws IOException {
        return table(false);
    }

    static List<JsonNode> responses() throws IOException {
        return table(true);
    }

    @ParameterizedTest
    @MethodSource("instructions")
    void judgesAsTheOriginalDoes(JsonNode row) throws IOException {
        ObjectNode spec = spec(row.get("id").asText(), row.get("kwargs"));
        StringBuilder followed = new StringBuilder();
        for (JsonNode text : table(true)) {
            Verdict verdict = verifier.verify("", text.get("response").asText(), spec);
            boolean strict = ((List<?>) verdict.extra().get("strict")).get(0).equals(true);
            boolean loose = ((List<?>) verdict.extra().get("loose")).get(0).equals(true);
            assertEquals(strict ? Outcome.PASS : Outcome.FAIL, verdict.outcome());
            followed.append(strict ? 'S' : loose ? 'L' : '-');
        }
        assertEquals(row.get("followed").asText(), followed.toString());
    }

    @ParameterizedTest
    @MethodSource("responses")
    void countsSentencesAsTheOriginalDoes(JsonNode row) {
        assertEquals(
                row.get("sentences").asInt(),
                Sentences.count(row.get("response").asText()));
    }

    @Test
    void coversEveryInstructionInTheTable() throws IOException {
        Set<String> ids = new HashSet<>();
        table(false).forEach(row -> ids.add(row.get("id").asText()));
        assertEquals(IfEvalTypes.TYPES.keySet(), ids);
        assertEquals(25, ids.size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keywords:existence | {}",
                "keywords:existence | {'keywords':[]}",
                "keywords:existence | {'keywords':['(']}",
                "keywords:frequency | {'keyword':'a','frequency':null,'relation':'at least'}",
                "keywords:frequency | {'keyword':'a','frequency':0,'relation':'at least'}",
                "keywords:frequency | {'keyword':'a','frequency':2,'relation':'at most'}",
                "keywords:letter_frequency | {'letter':'ab','let_frequency':2,'let_relation':'at least'}",
                "language:response_language | {'language':'klingon'}",
                "length_constraints:number_words | {'num_words':-3,'relation':'at least'}",
                "length_constraints:number_words | {'num_words':2.5,'relation':'at least'}",
                "length_constraints:nth_paragraph_first_word | {'num_paragraphs':2,'nth_paragraph':3,'first_word':'a'}",
                "startend:end_checker | {'end_phrase':null}",
                "combination:repeat_prompt | {}",
                "punctuation:no_comma | {'num_words':3}",
                "punctuation:no_such | {}",
            })
    void refusesWhatTheOriginalWouldMakeUpAtRandom(String id, String arguments) throws JsonProcessingException {
        ObjectNode spec = spec(id, JSON.readTree(arguments.replace('\'', '"')));
        assertThrows(InvalidVerifierException.class, () -> verifier.check(spec));
        assertEquals(Outcome.ERROR, verifier.verify("", "text", spec).outcome());
    }

    @Test
    void takesNullsOfTheDataSetAsAbsent() throws JsonProcessingException {
        ObjectNode spec = spec("punctuation:no_comma", JSON.readTree("{\"num_words\":null,\"keywords\":null}"));
        assertEquals(Outcome.PASS, verifier.verify("", "no commas", spec).outcome());
    }

    @Test
    void passesOnlyWhenEveryInstructionIsFollowed() {
        ObjectNode spec = spec("punctuation:no_comma", JsonNodeFactory.instance.objectNode());
        ((com.fasterxml.jackson.databind.node.ArrayNode) spec.get("instruction_id_list")).add("startend:quotation");
        ((com.fasterxml.jackson.databind.node.ArrayNode) spec.get("kwargs")).addObject();
        Verdict verdict = verifier.verify("", "no quotation", spec);
        assertEquals(Outcome.FAIL, verdict.outcome());
        assertEquals(List.of(true, false), verdict.extra().get("strict"));
        assertEquals(0.0, verdict.score());
        assertEquals(Outcome.PASS, verifier.verify("", "\"quotation\"", spec).outcome());
    }

    @Test
    void judgesTheFinalAnswerAndNotTheThoughts() {
        ObjectNode spec = spec("punctuation:no_comma", JsonNodeFactory.instance.objectNode());
        assertEquals(
                Outcome.PASS,
                verifier.verify("", "<think>a, b</think>\nclean", spec).outcome());
        assertEquals(Outcome.FAIL, verifier.verify("", "<think>clean", spec).outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", " ", "*", "[", "<<", "a.", "\"", "* \n", "- -", "***", "1.", "p.", "A", "'"})
    void staysFastOnLongRepetitions(String piece) throws IOException {
        String response = piece.repeat(200_000 / piece.length());
        List<ObjectNode> specs = new ArrayList<>();
        for (JsonNode row : table(false)) {
            specs.add(spec(row.get("id").asText(), row.get("kwargs")));
        }
        assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> specs.forEach(spec -> verifier.verify("", response, spec)));
    }

    private static ObjectNode spec(String id, JsonNode arguments) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode().put("type", "ifeval");
        spec.putArray("instruction_id_list").add(id);
        spec.putArray("kwargs").add(arguments);
        return spec;
    }
}
