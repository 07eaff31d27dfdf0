package io.jenkins.plugins.cascade.gate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Scores that a candidate is compared with, wherever they come from: the parent stage, the anchor, an earlier run or a file.
 *
 * @param reference under which the scores can be found again (a stage, a run, a file); written into the debts that are opened
 * @param scores by benchmark, each with its fingerprint
 */
public record Baseline(String reference, Map<String, BenchmarkScores> scores) {

    /** Checks the reference and copies the map. */
    public Baseline {
        Objects.requireNonNull(reference, "reference");
        scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
    }

    /**
     * Reads a score file as a baseline.
     *
     * @throws IOException when the file cannot be read or is not a valid score file; the message names file and line
     */
    public static Baseline file(Path file) throws IOException {
        return new Baseline(file.toString(), ScoreFile.read(file));
    }

    /**
     * SHA-256 in hexadecimal over the digests of the benchmarks in the order of their names: equal for the same scores and
     * fingerprints, in whatever order and file they stand.
     */
    public String digest() {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256, but this one does not.", e);
        }
        new TreeMap<>(scores)
                .values()
                .forEach(benchmark -> sha256.update(benchmark.digest().getBytes(StandardCharsets.US_ASCII)));
        return HexFormat.of().formatHex(sha256.digest());
    }
}
