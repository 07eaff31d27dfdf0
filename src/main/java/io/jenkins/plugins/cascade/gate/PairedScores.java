package io.jenkins.plugins.cascade.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The items of one benchmark that were scored on both sides, in the order of their identities so that no result depends on the
 * order in a file.
 *
 * @param benchmark name of the benchmark
 * @param pairs at least two pairs
 * @param baselineSamples samples per item of the baseline
 * @param candidateSamples samples per item of the candidate
 * @param units the independent units: clusters, and items that stand alone
 */
record PairedScores(String benchmark, List<Pair> pairs, int baselineSamples, int candidateSamples, List<Unit> units) {

    PairedScores {
        pairs = List.copyOf(pairs);
        units = List.copyOf(units);
    }

    PairedScores(String benchmark, List<Pair> pairs, int baselineSamples, int candidateSamples) {
        this(benchmark, pairs, baselineSamples, candidateSamples, unitsOf(pairs));
    }

    /**
     * One item.
     *
     * @param cluster the cluster, or null when the item stands alone
     * @param baseline the item under the baseline
     * @param candidate the item under the candidate
     */
    record Pair(String cluster, ItemScores baseline, ItemScores candidate) {

        double difference() {
            return candidate.mean() - baseline.mean();
        }
    }

    int size() {
        return pairs.size();
    }

    /** Candidate minus baseline, one value an item. */
    double[] differences() {
        return pairs.stream().mapToDouble(Pair::difference).toArray();
    }

    double baselineMean() {
        return pairs.stream().mapToDouble(p -> p.baseline().mean()).average().orElse(Double.NaN);
    }

    double candidateMean() {
        return pairs.stream().mapToDouble(p -> p.candidate().mean()).average().orElse(Double.NaN);
    }

    /** True when at least two items share a cluster. */
    boolean clustered() {
        return units.size() < pairs.size();
    }

    /** True when every item has one sample on each side, which is right or wrong: a paired two-by-two table. */
    boolean singleBinary() {
        return baselineSamples == 1
                && candidateSamples == 1
                && pairs.stream().allMatch(p -> binary(p.baseline()) && binary(p.candidate()));
    }

    /** Items that the baseline has right and the candidate wrong; meaningful for a paired two-by-two table. */
    int lost() {
        return (int) pairs.stream().filter(p -> p.difference() < 0).count();
    }

    /** Items that the baseline has wrong and the candidate right; meaningful for a paired two-by-two table. */
    int won() {
        return (int) pairs.stream().filter(p -> p.difference() > 0).count();
    }

    private static List<Unit> unitsOf(List<Pair> pairs) {
        List<Unit> units = new ArrayList<>();
        Map<String, Unit> byCluster = new LinkedHashMap<>();
        for (Pair pair : pairs) {
            Unit item = new Unit(1, pair.difference());
            if (pair.cluster() == null) {
                units.add(item);
            } else {
                byCluster.merge(pair.cluster(), item, Unit::plus);
            }
        }
        units.addAll(byCluster.values());
        return units;
    }

    /**
     * An independent unit.
     *
     * @param items number of items in it
     * @param total sum of their differences
     */
    record Unit(int items, double total) {

        Unit plus(Unit other) {
            return new Unit(items + other.items, total + other.total);
        }
    }

    private static boolean binary(ItemScores item) {
        double score = item.samples().get(0);
        return score == 0 || score == 1;
    }
}
