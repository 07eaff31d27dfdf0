package io.jenkins.plugins.cascade.gate;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Validity before any statistics, failing closed: the same items, measured the same way, nearly all of them scored, every score a
 * number in [0, 1]. Whatever does not hold makes the benchmark an ERROR, because a gate that passes over a missing or changed
 * measurement is worse than none.
 */
final class Pairing {

    /** Percentage of the items that must be scored on both sides. */
    private static final long LEAST_PERCENT_SCORED = 99;

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
        if (baseline == null || candidate == null) {
            String side = baseline == null ? "baseline" : "candidate";
            throw invalid("the " + side + " has no scores for it; evaluate the " + side + " on it");
        }
        checkFingerprints(baseline.fingerprint(), candidate.fingerprint());
        Map<String, ItemScores> left = byItem(baseline, "baseline");
        Map<String, ItemScores> right = byItem(candidate, "candidate");
        if (!sameItems(left, right)) {
            checkContained(left, right, "candidate");
            checkContained(right, left, "baseline");
        }
        checkSamples(left, "baseline");
        checkSamples(right, "candidate");
        PairedScores scores = completePairs(left, right);
        checkEnough(scores, left.size());
        return scores;
    }

    private void checkFingerprints(String left, String right) throws InvalidScoresException {
        if (left == null || left.isBlank() || right == null || right.isBlank()) {
            throw invalid(
                    "a side has no fingerprint, so nothing shows that both were measured the same way; evaluate again");
        }
        if (!left.equals(right)) {
            throw invalid("the two sides were measured differently (fingerprint " + shortened(left) + " and "
                    + shortened(right)
                    + "); evaluate both with the same data, prompts, sampling settings, verifier and engine");
        }
    }

    private Map<String, ItemScores> byItem(BenchmarkScores scores, String side) throws InvalidScoresException {
        Map<String, ItemScores> items = new TreeMap<>();
        for (ItemScores item : scores.items()) {
            if (items.put(item.item(), item) != null) {
                throw invalid("the " + side + " has item \"" + item.item() + "\" twice; put all samples of an item"
                        + " together");
            }
        }
        return items;
    }

    /** Both are in the order of their items, so that a million of them are compared without a search for each. */
    private static boolean sameItems(Map<String, ItemScores> left, Map<String, ItemScores> right) {
        Iterator<String> others = right.keySet().iterator();
        boolean same = left.size() == right.size();
        for (Iterator<String> items = left.keySet().iterator(); same && items.hasNext(); ) {
            same = items.next().equals(others.next());
        }
        return same;
    }

    private void checkContained(Map<String, ItemScores> items, Map<String, ItemScores> others, String otherSide)
            throws InvalidScoresException {
        for (String item : items.keySet()) {
            if (!others.containsKey(item)) {
                throw invalid("the " + otherSide + " lacks item \"" + item
                        + "\"; evaluate both sides on the same benchmark file");
            }
        }
    }

    private void checkSamples(Map<String, ItemScores> items, String side) throws InvalidScoresException {
        for (ItemScores item : items.values()) {
            for (double sample : item.samples()) {
                if (!(sample >= 0 && sample <= 1)) {
                    throw invalid("the " + side + " scored item \"" + item.item() + "\" with " + sample
                            + "; scores are fractions from 0 to 1");
                }
            }
        }
    }

    private PairedScores completePairs(Map<String, ItemScores> left, Map<String, ItemScores> right)
            throws InvalidScoresException {
        int baselineSamples = samplesPerItem(left);
        int candidateSamples = samplesPerItem(right);
        List<PairedScores.Pair> pairs = new ArrayList<>();
        for (ItemScores item : left.values()) {
            ItemScores other = right.get(item.item());
            if (!Objects.equals(item.cluster(), other.cluster())) {
                throw invalid(
                        "item \"" + item.item() + "\" is in another cluster on each side; use the same benchmark file");
            }
            if (complete(item, baselineSamples) && complete(other, candidateSamples)) {
                pairs.add(new PairedScores.Pair(item.cluster(), item, other));
            }
        }
        return new PairedScores(benchmark, pairs, baselineSamples, candidateSamples);
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

    private void checkEnough(PairedScores scores, int items) throws InvalidScoresException {
        if (100L * scores.size() < LEAST_PERCENT_SCORED * items) {
            throw invalid(
                    "only " + scores.size() + " of " + items + " items are fully scored on both sides and 99 % are"
                            + " needed; find out why the others failed and evaluate them again");
        }
        if (scores.units().size() < 2) {
            throw invalid("it has fewer than 2 independent items or clusters, so nothing shows how much they vary; use"
                    + " more");
        }
    }

    private InvalidScoresException invalid(String problem) {
        return new InvalidScoresException(benchmark + " cannot be compared: " + problem + ".");
    }

    private static String shortened(String fingerprint) {
        return fingerprint.length() <= 12 ? fingerprint : fingerprint.substring(0, 12) + "…";
    }
}
