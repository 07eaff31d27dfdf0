package io.jenkins.plugins.cascade.gate;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Per-item scores as JSON lines: <code>{"benchmark","item","cluster"?,"samples":[...],"fingerprint","error"?}</code>, one item a
 * line, UTF-8.
 *
 * <p>The reader is strict and bounded, because the file may come from a process that was killed or from someone else: an unknown
 * field, a cut line, an item given twice or a benchmark with two fingerprints is refused with file and line.
 */
public final class ScoreFile {

    private static final long LARGEST_FILE = 1L << 28;
    private static final int LONGEST_LINE = 1 << 20;
    private static final int MOST_SAMPLES = 10_000;
    private static final Set<String> FIELDS = Set.of("benchmark", "item", "cluster", "samples", "fingerprint", "error");
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ScoreFile() {}

    /**
     * Reads every benchmark in the file.
     *
     * @return the benchmarks by name, in the order of their first line
     * @throws IOException when the file cannot be read or is not a valid score file; the message names file and line
     */
    public static Map<String, BenchmarkScores> read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new InvalidInputException(file, "this is a folder; name a score file.");
        }
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            if (Files.size(file) > LARGEST_FILE) {
                throw new InvalidInputException(file, "a score file of more than 256 MiB is not read.");
            }
            return new Reading(file).read(new BoundedLines(lines, LONGEST_LINE));
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(file, "there is no such file; name an existing score file.");
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(file, "the file is not UTF-8 text.");
        }
    }

    /**
     * Writes the benchmarks, replacing the file.
     *
     * @throws IOException when the file cannot be written
     */
    public static void write(Path file, Collection<BenchmarkScores> benchmarks) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            for (BenchmarkScores benchmark : benchmarks) {
                for (ItemScores item : benchmark.items()) {
                    writer.write(line(benchmark, item));
                    writer.write('\n');
                }
            }
        }
    }

    /** One line of the file, without its line end. */
    static String line(BenchmarkScores benchmark, ItemScores item) {
        ObjectNode line = MAPPER.createObjectNode();
        line.put("benchmark", benchmark.benchmark());
        line.put("item", item.item());
        if (item.cluster() != null) {
            line.put("cluster", item.cluster());
        }
        ArrayNode samples = line.putArray("samples");
        item.samples().forEach(samples::add);
        line.put("fingerprint", benchmark.fingerprint());
        if (item.error() != null) {
            line.put("error", item.error());
        }
        return line.toString();
    }

    /** One file being read. */
    private static final class Reading {
        private final Path file;
        private final Map<String, String> fingerprints = new LinkedHashMap<>();
        private final Map<String, List<ItemScores>> items = new LinkedHashMap<>();
        private final Map<String, Set<String>> identities = new LinkedHashMap<>();

        Reading(Path file) {
            this.file = file;
        }

        Map<String, BenchmarkScores> read(BoundedLines lines) throws IOException {
            int number = 1;
            try {
                for (String line = lines.next(); line != null; line = lines.next()) {
                    if (!line.isBlank()) {
                        add(JsonFields.parse(line, "the line", FIELDS));
                    }
                    number++;
                }
            } catch (JsonFields.Mismatch | IllegalArgumentException e) {
                throw new InvalidInputException(file, number, e.getMessage());
            }
            if (items.isEmpty()) {
                throw new InvalidInputException(file, "the file holds no scores.");
            }
            Map<String, BenchmarkScores> benchmarks = new LinkedHashMap<>();
            items.forEach(
                    (name, list) -> benchmarks.put(name, new BenchmarkScores(name, fingerprints.get(name), list)));
            return benchmarks;
        }

        private void add(JsonFields line) throws JsonFields.Mismatch {
            String benchmark = line.text("benchmark");
            String item = line.text("item");
            String fingerprint = line.text("fingerprint");
            String error = line.textOrNull("error");
            boolean unscored = error != null && !line.has("samples");
            List<Double> samples = unscored ? List.of() : line.numbers("samples", MOST_SAMPLES);
            if (error == null && samples.isEmpty()) {
                throw new JsonFields.Mismatch("the item has neither samples nor an error: write what went wrong.");
            }
            String known = fingerprints.putIfAbsent(benchmark, fingerprint);
            if (known != null && !known.equals(fingerprint)) {
                throw new JsonFields.Mismatch(
                        benchmark
                                + " has a second fingerprint: one file holds one evaluation of a benchmark, so evaluate it again.");
            }
            if (!identities.computeIfAbsent(benchmark, b -> new HashSet<>()).add(item)) {
                throw new JsonFields.Mismatch(
                        benchmark + " has the item \"" + item + "\" twice: put all samples of an item on one line.");
            }
            items.computeIfAbsent(benchmark, b -> new ArrayList<>())
                    .add(new ItemScores(item, line.textOrNull("cluster"), samples, error));
        }
    }
}
