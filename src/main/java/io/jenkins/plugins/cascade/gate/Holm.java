package io.jenkins.plugins.cascade.gate;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Holm's step-down correction (Scandinavian Journal of Statistics 6, 1979): which of m tests hold up together at alpha. */
final class Holm {

    private Holm() {}

    /** One answer per p-value, in the same order. NaN (no test was possible) is never rejected and not counted. */
    static boolean[] rejected(double[] pValues, double alpha) {
        int[] order = IntStream.range(0, pValues.length)
                .filter(i -> !Double.isNaN(pValues[i]))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        boolean[] rejected = new boolean[pValues.length];
        for (int rank = 0; rank < order.length; rank++) {
            if (pValues[order[rank]] > alpha / (order.length - rank)) {
                break;
            }
            rejected[order[rank]] = true;
        }
        return rejected;
    }
}
