package io.jenkins.plugins.cascade.gate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * All item scores of one benchmark under one model.
 *
 * @param benchmark name of the benchmark
 * @param fingerprint what must be equal for two evaluations to be comparable: data, prompt template, sampling settings, maximum
 *     tokens, judge, verifier and engine versions
 * @param items the items in the order in which they were read
 */
public record BenchmarkScores(String benchmark, String fingerprint, List<ItemScores> items) {

    /** Checks the name and copies the items. */
    public BenchmarkScores {
        Objects.requireNonNull(benchmark, "benchmark");
        if (benchmark.isBlank()) {
            throw new IllegalArgumentException("A benchmark has a blank name: give every benchmark a name.");
        }
        items = List.copyOf(items);
    }

    /** Mean over the scored items of each item's mean, NaN when no item is scored. */
    public double mean() {
        return items.stream()
                .filter(ItemScores::scored)
                .mapToDouble(ItemScores::mean)
                .average()
                .orElse(Double.NaN);
    }

    /** Number of items that have samples and no infrastructure error. */
    public int scoredItems() {
        return (int) items.stream().filter(ItemScores::scored).count();
    }

    /**
     * SHA-256 in hexadecimal over the score lines in the order of their items: equal for two evaluations with the same scores,
     * whatever the order in which the items were written.
     */
    public String digest() {
        MessageDigest sha256 = sha256();
        items.stream().map(item -> ScoreFile.line(this, item)).sorted().forEach(line -> {
            sha256.update(line.getBytes(StandardCharsets.UTF_8));
            sha256.update((byte) '\n');
        });
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256, but this one does not.", e);
        }
    }
}
