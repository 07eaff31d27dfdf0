package io.jenkins.plugins.cascade.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command's core on files. */
class ScoreComparisonTest {

    @TempDir
    Path folder;

    private Path gates;

    @BeforeEach
    void writeGates() throws IOException {
        gates = Files.writeString(
                folder.resolve("GATES.json"),
                "{\"alpha\":0.05,\"gates\":[{\"benchmark\":\"math\",\"margin\":0.02,\"kind\":\"protect\"}]}");
    }

    @Test
    void exitsWithZeroOneTwoOrThree() throws IOException {
        assertEquals(0, compare(Scores.table("math", 20, 22, 500, 458)).exitCode());
        assertEquals(1, compare(Scores.table("math", 100, 20, 500, 380)).exitCode());
        assertEquals(2, compare(Scores.table("math", 45, 25, 500, 430)).exitCode());
        assertEquals(3, compare(Scores.table("other", 20, 22, 500, 458)).exitCode());
    }

    @Test
    void aFileThatCannotBeReadIsAnErrorWithItsReason() {
        ScoreComparison comparison = ScoreComparison.of(folder.resolve("absent"), folder.resolve("absent"), gates);

        assertEquals(3, comparison.exitCode());
        assertTrue(comparison.text().contains("absent: there is no such file"), comparison.text());
    }

    @Test
    void jsonHoldsFractionsAndTheVerdicts() throws IOException {
        JsonNode root = JsonMapper.builder()
                .build()
                .readTree(compare(Scores.table("math", 100, 20, 500, 380)).json());
        JsonNode benchmark = root.get("benchmarks").get(0);

        assertEquals("REGRESSED", root.get("verdict").asText());
        assertEquals("math", benchmark.get("benchmark").asText());
        assertEquals(1000, benchmark.get("n").asInt());
        assertEquals(-0.08, benchmark.get("difference").asDouble(), 1e-12);
        assertEquals(0.01066, benchmark.get("standardError").asDouble(), 1e-4);
        assertTrue(benchmark.get("lower").asDouble() < -0.08);
        assertTrue(benchmark.get("upper").asDouble() < -0.02);
        assertEquals(0.02, benchmark.get("margin").asDouble());
        assertEquals("REGRESSED", benchmark.get("verdict").asText());
        assertTrue(benchmark.get("fixedItemStandardError").isNull());
        assertEquals(-0.08, root.get("pooled").get("difference").asDouble(), 1e-12);
    }

    @Test
    void theTableIsAlignedPlainTextWithTheSentences() throws IOException {
        String text = compare(Scores.table("math", 100, 20, 500, 380)).text();
        List<String> lines = text.lines().toList();

        assertTrue(lines.get(0).startsWith("benchmark  kind"), text);
        assertTrue(
                lines.get(1).matches("math +protect +1000 +60\\.0 +52\\.0 +-8\\.0 +1\\.07 +-9\\.8 to -6\\.2 .*"), text);
        assertTrue(text.contains("math fell by 8.0 points (95 % bounds -9.8 to -6.2); the margin is 2.0: regressed."));
        assertTrue(text.endsWith("REGRESSED. Regressed: math.\n"), text);
    }

    @Test
    void namesFromAFileCannotSteerTheTerminal() throws IOException {
        ScoreComparison comparison = compare(Scores.table("ma\u001b[2Jth", 20, 22, 500, 458));

        assertFalse(comparison.text().contains("\u001b"));
    }

    private ScoreComparison compare(List<Map<String, BenchmarkScores>> sides) throws IOException {
        Path baseline = folder.resolve("baseline.jsonl");
        Path candidate = folder.resolve("candidate.jsonl");
        ScoreFile.write(baseline, sides.get(0).values());
        ScoreFile.write(candidate, sides.get(1).values());
        return ScoreComparison.of(baseline, candidate, gates);
    }
}
