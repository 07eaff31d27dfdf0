package io.jenkins.plugins.cascade.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Score tables that tests build by hand. */
final class Scores {

    static final String FINGERPRINT = "f00d";

    private Scores() {}

    /** One sample an item; row i is item "i". */
    static Map<String, BenchmarkScores> single(String benchmark, double... scores) {
        List<ItemScores> items = new ArrayList<>();
        for (double score : scores) {
            items.add(ItemScores.of(Integer.toString(items.size()), score));
        }
        return of(benchmark, items);
    }

    static Map<String, BenchmarkScores> of(String benchmark, List<ItemScores> items) {
        return Map.of(benchmark, new BenchmarkScores(benchmark, FINGERPRINT, items));
    }

    /** 0/1 scores of both sides with this many items lost, won, both right and both wrong; baseline first. */
    static List<Map<String, BenchmarkScores>> table(String benchmark, int lost, int won, int right, int wrong) {
        int n = lost + won + right + wrong;
        double[] baseline = new double[n];
        double[] candidate = new double[n];
        for (int i = 0; i < n; i++) {
            baseline[i] = i < lost || i >= lost + won && i < lost + won + right ? 1 : 0;
            candidate[i] = i >= lost && i < lost + won + right ? 1 : 0;
        }
        return List.of(single(benchmark, baseline), single(benchmark, candidate));
    }
}
