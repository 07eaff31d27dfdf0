package io.jenkins.plugins.cascade.gate;

import java.util.function.DoubleUnaryOperator;

/**
 * Tango's score bounds for the difference of two paired proportions (Tango, Statistics in Medicine 17, 1998): the differences that
 * the score test does not reject. Unlike the t bounds they hold their level with few items and few discordant pairs.
 */
final class TangoInterval {

    private static final int HALVINGS = 100;

    private final int lost;
    private final int won;
    private final int items;

    /**
     * A paired two-by-two table.
     *
     * @param lost pairs that only the baseline has right
     * @param won pairs that only the candidate has right
     * @param items all pairs
     */
    TangoInterval(int lost, int won, int items) {
        this.lost = lost;
        this.won = won;
        this.items = items;
    }

    /** Bounds at which the score statistic is z and -z. */
    Interval at(double z) {
        double lower = falling(difference -> statistic(difference) - z);
        double upper = falling(difference -> statistic(difference) + z);
        return new Interval(lower, upper, "Tango score");
    }

    /** The score statistic for the hypothesis that candidate minus baseline is this difference; it falls as the difference rises. */
    double statistic(double difference) {
        double b = (lost + won) * (1 - difference) + 2.0 * won * difference - 2.0 * items * difference;
        double root = Math.sqrt(Math.max(b * b + 8.0 * items * lost * difference * (1 - difference), 0));
        double q = (b + root) / (4.0 * items);
        double variance = items * (2 * q + difference * (1 - difference));
        double score = won - lost - items * difference;
        return score == 0 ? 0 : score / Math.sqrt(Math.max(variance, 0));
    }

    private static double falling(DoubleUnaryOperator function) {
        double low = -1;
        double high = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (function.applyAsDouble(middle) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
