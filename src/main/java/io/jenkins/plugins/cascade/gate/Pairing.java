package io.jenkins.plugins.cascade.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Validity before any statistics, failing closed: the same items, measured the same way, nearly all of them scored, every score a
 * number in [0, 1]. Whatever does not hold makes the benchmark an ERROR, because a gate that passes over a missing or changed
 * measurement is worse than none.
 */
final class Pairing {

    /** Share of the items that must be scored on both sides. */
    private static final double LEAST_SCORED = 0.99;

    private final String benchmark;

    private Pairing(String benchmark) {
        this.benchmark = benchmark;
    }

    /**
     * Pairs the items of the two sides.
     *
     * @param baseline scores of the baseline, or null when it has none for this benchmark
     * @param candidate scores of the candidate, or null when it has none for this benchmark
     * @throws InvalidScoresException when they cannot be compared
     */
    static PairedScores pair(String benchmark, BenchmarkScores baseline, BenchmarkScores candidate)
            throws InvalidScoresException {
        return new Pairing(benchmark).pair(baseline, candidate);
    }

    private PairedScores pair(BenchmarkScores baseline, BenchmarkScores candidate) throws InvalidScoresException {
        require(baseline != null, "the baseline has no scores for it; evaluate the baseline on it");
        require(candidate != null, "the candidate has no scores for it; evaluate the candidate on it");
        checkFingerprints(baseline.fingerprint(), candidate.fingerprint());
        Map<String, ItemScores> left = byItem(baseline, "baseline");
        Map<String, ItemScores> right = byItem(candidate, "candidate");
        checkSameItems(left, right);
        checkSamples(left, "baseline");
        checkSamples(right, "candidate");
        int baselineSamples = samplesPerItem(left);
        int candidateSamples = samplesPerItem(right);
        List<PairedScores.Pair> pairs = new ArrayList<>();
        for (ItemScores item : left.values()) {
            ItemScores other = right.get(item.item());
            require(
                    Objects.equals(item.cluster(), other.cluster()),
                    "item \"" + item.item() + "\" is in another cluster on each side; use the same benchmark file");
            if (complete(item, baselineSamples) && complete(other, candidateSamples)) {
                pairs.add(new PairedScores.Pair(item.cluster(), item, other));
            }
        }
        checkCoverage(pairs.size(), left.size());
        PairedScores scores = new PairedScores(benchmark, pairs, baselineSamples, candidateSamples);
        require(
                scores.units().size() >= 2,
                "it has fewer than 2 independent items or clusters, so nothing shows how much they vary; use more");
        return scores;
    }

    private void checkFingerprints(String left, String right) throws InvalidScoresException {
        require(
                left != null && !left.isBlank() && right != null && !right.isBlank(),
                "a side has no fingerprint, so nothing shows that both were measured the same way; evaluate again");
        require(
                left.equals(right),
                "the two sides were measured differently (fingerprint " + shortened(left) + " and " + shortened(right)
                        + "); evaluate both with the same data, prompts, sampling settings, verifier and engine");
    }

    private Map<String, ItemScores> byItem(BenchmarkScores scores, String side) throws InvalidScoresException {
        Map<String, ItemScores> items = new TreeMap<>();
        for (ItemScores item : scores.items()) {
            require(
                    items.put(item.item(), item) == null,
                    "the " + side + " has item \"" + item.item() + "\" twice; put all samples of an item together");
        }
        require(!items.isEmpty(), "the " + side + " has no items; evaluate it again");
        return items;
    }

    private void checkSameItems(Map<String, ItemScores> left, Map<String, ItemScores> right)
            throws InvalidScoresException {
        for (String item : left.keySet()) {
            require(
                    right.containsKey(item),
                    "the candidate lacks item \"" + item + "\"; evaluate both sides on the same benchmark file");
        }
        for (String item : right.keySet()) {
            require(
                    left.containsKey(item),
                    "the baseline lacks item \"" + item + "\"; evaluate both sides on the same benchmark file");
        }
    }

    private void checkSamples(Map<String, ItemScores> items, String side) throws InvalidScoresException {
        for (ItemScores item : items.values()) {
            for (double sample : item.samples()) {
                require(
                        sample >= 0 && sample <= 1,
                        "the " + side + " scored item \"" + item.item() + "\" with " + sample
                                + "; scores are fractions from 0 to 1");
            }
        }
    }

    /** An item with fewer samples than the others was cut short, which may go with being hard: it counts as not scored. */
    private static boolean complete(ItemScores item, int samples) {
        return item.scored() && item.samples().size() == samples;
    }

    private static int samplesPerItem(Map<String, ItemScores> items) {
        return items.values().stream()
                .filter(ItemScores::scored)
                .mapToInt(item -> item.samples().size())
                .max()
                .orElse(0);
    }

    private void checkCoverage(int scored, int items) throws InvalidScoresException {
        require(
                scored >= LEAST_SCORED * items,
                String.format(
                        Locale.ROOT,
                        "only %d of %d items are fully scored on both sides and 99 %% are needed; find out why the"
                                + " others failed and evaluate them again",
                        scored,
                        items));
    }

    private void require(boolean holds, String otherwise) throws InvalidScoresException {
        if (!holds) {
            throw new InvalidScoresException(benchmark + " cannot be compared: " + otherwise + ".");
        }
    }

    private static String shortened(String fingerprint) {
        return fingerprint.length() <= 12 ? fingerprint : fingerprint.substring(0, 12) + "…";
    }
}
