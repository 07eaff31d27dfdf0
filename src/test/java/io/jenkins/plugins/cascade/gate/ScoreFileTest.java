package io.jenkins.plugins.cascade.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreFileTest {

    private static final String GOOD = "{\"benchmark\":\"b\",\"item\":\"1\",\"samples\":[1],\"fingerprint\":\"f\"}";

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        BenchmarkScores scores = new BenchmarkScores(
                "b",
                "f",
                List.of(
                        new ItemScores("1", "passage \"a\"", List.of(0.25, 1.0), null),
                        new ItemScores("2", null, List.of(), "the engine stopped"),
                        ItemScores.of("3", 0)));
        Path file = folder.resolve("scores.jsonl");
        ScoreFile.write(file, List.of(scores));

        Map<String, BenchmarkScores> read = ScoreFile.read(file);
        assertEquals(Map.of("b", scores), read);
        assertEquals(scores.digest(), read.get("b").digest());
    }

    @Test
    void aByteOrderMarkAndCarriageReturnsAreNoPartOfALine() throws IOException {
        Path file = Files.writeString(folder.resolve("windows.jsonl"), "\uFEFF" + GOOD + "\r\n");

        assertEquals(1, ScoreFile.read(file).get("b").items().size());
    }

    @Test
    void aFolderIsRefusedByItsName() {
        IOException thrown = assertThrows(IOException.class, () -> ScoreFile.read(folder));
        assertTrue(thrown.getMessage().endsWith("this is a folder; name a score file."), thrown::getMessage);
    }

    @Test
    void theDigestFollowsTheScoresAndNotTheirOrder() {
        BenchmarkScores scores = new BenchmarkScores("b", "f", List.of(ItemScores.of("1", 0), ItemScores.of("2", 1)));
        BenchmarkScores turned = new BenchmarkScores("b", "f", List.of(ItemScores.of("2", 1), ItemScores.of("1", 0)));
        BenchmarkScores other = new BenchmarkScores("b", "f", List.of(ItemScores.of("2", 1), ItemScores.of("1", 1)));

        assertEquals(scores.digest(), turned.digest());
        assertTrue(!scores.digest().equals(other.digest()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"benchmark\":\"b\"                                                          | not valid JSON",
                "{\"benchmark\":\"b\",\"item\":\"2\",\"samples\":[1],\"fingerprint\":\"f\"} {} | not valid JSON",
                "{\"benchmark\":\"b\",\"item\":\"2\",\"samples\":[NaN],\"fingerprint\":\"f\"}  | not valid JSON",
                "{\"item\":\"2\",\"item\":\"3\"}                                               | not valid JSON",
                "[1]                                                                          | must be a JSON object",
                "{\"benchmark\":\"b\",\"item\":\"2\",\"sample\":[1],\"fingerprint\":\"f\"}     | unknown field",
                "{\"benchmark\":\"b\",\"samples\":[1],\"fingerprint\":\"f\"}                   | no \"item\"",
                "{\"benchmark\":\"b\",\"item\":\" \",\"samples\":[1],\"fingerprint\":\"f\"}    | 1 to 1000 characters",
                "{\"benchmark\":\"b\",\"item\":\"2\",\"samples\":[1]}                          | no \"fingerprint\"",
                "{\"benchmark\":\"b\",\"item\":\"2\",\"samples\":[],\"fingerprint\":\"f\"}     | neither samples",
                "{\"benchmark\":\"b\",\"item\":\"2\",\"samples\":[null],\"fingerprint\":\"f\"} | numbers only",
                "{\"benchmark\":\"b\",\"item\":\"2\",\"samples\":\"1\",\"fingerprint\":\"f\"}  | a list \"samples\"",
                "{\"benchmark\":\"b\",\"item\":\"1\",\"samples\":[1],\"fingerprint\":\"f\"}    | item \"1\" twice",
                "{\"benchmark\":\"b\",\"item\":\"2\",\"samples\":[1],\"fingerprint\":\"g\"}    | second fingerprint",
            })
    void aBadLineIsNamedWithItsNumber(String line, String problem) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.jsonl"), GOOD + "\n\n" + line + "\n");

        InvalidInputException e = assertThrows(InvalidInputException.class, () -> ScoreFile.read(file));

        assertTrue(e.getMessage().startsWith(file + ", line 3: "), e.getMessage());
        assertTrue(e.getMessage().contains(problem), e.getMessage());
    }

    @Test
    void numberedItemsAndNullFieldsAreRead() throws IOException {
        Path file = Files.writeString(
                folder.resolve("numbered.jsonl"),
                "{\"benchmark\":\"b\",\"item\":17,\"cluster\":null,\"samples\":[0.5],\"fingerprint\":\"f\",\"error\":null}");

        assertEquals(
                List.of(ItemScores.of("17", 0.5)), ScoreFile.read(file).get("b").items());
    }

    @Test
    void filesThatCannotBeScoresAreRefused() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        Path endless = Files.writeString(folder.resolve("endless"), "x".repeat((1 << 20) + 1));

        assertMessage(empty, "holds no scores");
        assertMessage(binary, "not UTF-8");
        assertMessage(endless, "line 1: a line of more than");
        assertMessage(folder.resolve("absent"), "no such file");
    }

    private static void assertMessage(Path file, String part) {
        IOException e = assertThrows(InvalidInputException.class, () -> ScoreFile.read(file));
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
