package io.jenkins.plugins.cascade.verify.ifeval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table was written by the original checker: bench/reference/verify_ifbench.py. */
class IfBenchTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private final IfEvalVerifier verifier = new IfEvalVerifier();

    private static List<JsonNode> table(boolean responses) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        try (InputStream stream = IfBenchTest.class.getResourceAsStream("../ifbench-cases.jsonl")) {
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
        List<String> differences = new ArrayList<>();
        int at = 0;
        for (JsonNode text : table(true)) {
            String response = text.get("response").asText();
            Verdict verdict = verifier.verify("", response, spec);
            boolean strict = ((List<?>) verdict.extra().get("strict")).get(0).equals(true);
            boolean loose = ((List<?>) verdict.extra().get("loose")).get(0).equals(true);
            char expected = row.get("followed").asText().charAt(at++);
            char actual = strict ? 'S' : loose ? 'L' : '-';
            if (expected != actual) {
                differences.add(expected + " but was " + actual + ": " + response);
            }
        }
        assertEquals(List.of(), differences);
    }

    @ParameterizedTest
    @MethodSource("responses")
    void cutsSentencesAndWordsAsTheOriginalDoes(JsonNode row) {
        String response = row.get("response").asText();
        assertEquals(texts(row.get("sentences")), Sentences.split(response));
        assertEquals(
                texts(row.get("words")).stream()
                        .map(word -> word.equals("``") ? "''" : word)
                        .toList(),
                Words.of(response).stream()
                        .map(word -> word.equals("``") ? "''" : word)
                        .toList());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    @Test
    void coversEveryTypeButTwo() throws IOException {
        Set<String> ids = new HashSet<>();
        table(false).forEach(row -> ids.add(row.get("id").asText()));
        assertEquals(ids, IfBenchTypes.TYPES.keySet());
        assertEquals(56, ids.size());
    }

    @Test
    void takesIdsOfIfEvalAndIfBenchTogetherAndFloatingCounts() throws JsonProcessingException {
        JsonNode spec = JSON.readTree(
                "{\"type\":\"ifeval\",\"instruction_id_list\":[\"punctuation:no_comma\",\"count:unique_word_count\"],"
                        + "\"kwargs\":[{},{\"N\":2.0,\"keyword\":null,\"percentage\":null}]}");
        verifier.check(spec);
        assertEquals(Outcome.PASS, verifier.verify("", "one two", spec).outcome());
        assertEquals(
                List.of(true, false),
                verifier.verify("", "one one", spec).extra().get("strict"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count:word_count_range | {'min_words':3}",
                "count:word_count_range | {'min_words':3,'max_words':2}",
                "count:unique_word_count | {'N':-1}",
                "count:unique_word_count | {'N':1.5}",
                "count:words_japanese | {'N':0}",
                "count:keywords_multiple | {'keyword1':'a','keyword2':'b','keyword3':'c','keyword4':'d','keyword5':' '}",
                "ratio:stop_words | {'percentage':101}",
                "ratio:overlap | {'percentage':50}",
                "sentence:keyword | {'word':'a','N':0}",
                "words:keywords_specific_position | {'keyword':'a','n':1}",
                "format:options | {}",
                "format:list | {'sep':null}",
                "format:title_case | {'N':3}",
                "repeat:repeat_change | {}",
                "repeat:repeat_span | {'prompt_to_repeat':'abc','n_start':-1,'n_end':2}",
                "words:start_verb | {}",
                "words:odd_even_syllables | {}",
            })
    void refusesWhatTheOriginalWouldMakeUpAtRandomAndWhatIsLeftOut(String id, String arguments)
            throws JsonProcessingException {
        ObjectNode spec = spec(id, JSON.readTree(arguments.replace('\'', '"')));
        assertThrows(InvalidVerifierException.class, () -> verifier.check(spec));
        assertEquals(Outcome.ERROR, verifier.verify("", "text", spec).outcome());
    }

    @Test
    void knowsSingleEmojiFromOtherCharacters() {
        for (int emoji : new int[] {0xA9, 0x2764, 0x1F600, 0x1F3FB, 0x1F9D1}) {
            assertTrue(Emoji.is(emoji), Integer.toHexString(emoji));
        }
        for (int other : new int[] {'a', '#', '7', 0x200D, 0xFE0F, 0x1F1E6, 0x65E5, 0x1FFFF}) {
            assertTrue(!Emoji.is(other), Integer.toHexString(other));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                " ",
                "*",
                "(",
                "a.",
                "\"",
                ",",
                "Question 1.\n",
                "Question\n",
                "?! ",
                "a,\t",
                "1",
                "' ",
                "\"\n",
                "."
            })
    void staysFastOnLongRepetitions(String piece) throws IOException {
        String response = "Question" + piece.repeat(100_000 / piece.length()) + "x";
        Map<String, ObjectNode> specs = new HashMap<>();
        for (JsonNode row : table(false)) {
            String id = row.get("id").asText();
            specs.putIfAbsent(id, spec(id, row.get("kwargs")));
        }
        assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> specs.forEach((id, spec) -> verifier.verify("", response, spec)));
    }

    private static ObjectNode spec(String id, JsonNode arguments) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode().put("type", "ifeval");
        spec.putArray("instruction_id_list").add(id);
        spec.putArray("kwargs").add(arguments);
        return spec;
    }
}
