package io.jenkins.plugins.cascade;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The committed data of the quickstart are what their generator writes, and nothing that is learned is asked in a benchmark. */
class QuickstartDataTest {
    private static final Path DATA = Path.of("examples/quickstart");
    private static final long LARGEST = 3_000_000;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void generatorWritesTheCommittedFilesByteForByte(@TempDir Path folder) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        DATA.resolve("MakeData.java").toString(),
                        "1",
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), output);
        List<Path> made = files(folder);
        assertEquals(13, made.size());
        for (Path file : made) {
            Path committed = DATA.resolve(folder.relativize(file).toString());
            assertArrayEquals(Files.readAllBytes(committed), Files.readAllBytes(file), committed.toString());
        }
    }

    @Test
    void committedFilesStayUnderThreeMegabytes() throws IOException {
        long bytes = 0;
        for (Path file : files(DATA)) {
            bytes += Files.size(file);
        }
        assertTrue(bytes < LARGEST, bytes + " bytes");
    }

    @Test
    void noBenchmarkPromptAndNoBenchmarkTaskIsTrainedOn() throws IOException {
        Set<String> asked = new HashSet<>();
        for (String name : List.of("preference", "instructions", "math", "code")) {
            for (JsonNode item : lines("benchmark-" + name)) {
                assertTrue(asked.add(item.get("prompt").asText()), () -> "asked twice: " + item);
            }
        }
        List<String> trained = new ArrayList<>();
        lines("sft").forEach(line -> trained.add(line.at("/messages/0/content").asText()));
        for (String name :
                List.of("preferences", "prompts-chat", "prompts-instructions", "prompts-math", "prompts-code")) {
            lines(name).forEach(line -> trained.add(line.get("prompt").asText()));
        }
        assertEquals(9000 + 2000 + 700 + 629 + 700 + 700, trained.size());
        Set<String> shapes = new HashSet<>();
        asked.forEach(prompt -> shapes.add(shape(prompt)));
        for (String prompt : trained) {
            assertFalse(shapes.contains(shape(prompt)), prompt);
        }
    }

    /** The question without its dress: names, things and variables do not make a word problem or a function another one. */
    private static String shape(String prompt) {
        if (prompt.startsWith("Write code")) {
            return prompt.replaceAll("f\\([a-z]\\)", "f");
        }
        if (prompt.contains("How many now")) {
            return prompt.replaceAll("[A-Z][a-z]+ (has|finds|loses|gets)", "$1").replaceAll("(has \\d) [a-z]+", "$1");
        }
        return prompt;
    }

    private static List<JsonNode> lines(String name) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(DATA.resolve(name + ".jsonl"))) {
            lines.add(MAPPER.readTree(line));
        }
        return lines;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
