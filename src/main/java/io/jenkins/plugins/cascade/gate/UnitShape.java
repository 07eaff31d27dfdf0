package io.jenkins.plugins.cascade.gate;

import java.util.List;

/**
 * The differences of the independent units, scaled so that their mean is the difference D, and whether they are fit for the t
 * bounds.
 *
 * <p>The t bounds are too narrow when few units carry the difference or when a few items are lost whole: in simulation a nominal
 * 5 % became 7 to 40 %. So they are used only when there are enough units, enough of them differ, and the skewness of the mean is
 * within what chance makes of a symmetric distribution.
 *
 * @param values one value a unit: the unit's total times G / n; without clusters the item difference
 * @param largest the largest absolute value a unit could have; 1 without clusters
 */
record UnitShape(List<Double> values, double largest) {

    private static final int FEWEST_ITEMS = 30;
    private static final int FEWEST_CLUSTERS = 10;
    private static final int FEWEST_NON_ZERO = 8;
    private static final double FEWEST_EFFECTIVE = 6;
    private static final double MOST_SKEWED = 0.10;

    UnitShape {
        values = List.copyOf(values);
    }

    static UnitShape of(PairedScores scores) {
        List<PairedScores.Unit> units = scores.units();
        double scale = units.size() / (double) scores.size();
        int most = units.stream().mapToInt(PairedScores.Unit::items).max().orElse(1);
        return new UnitShape(
                units.stream().map(unit -> unit.total() * scale).sorted().toList(), most * scale);
    }

    /** True when the t bounds keep their level on such values. */
    boolean fitForT(boolean clustered) {
        int units = values.size();
        return units >= (clustered ? FEWEST_CLUSTERS : FEWEST_ITEMS)
                && values.stream().filter(value -> value != 0).count() >= FEWEST_NON_ZERO
                && effective() >= Math.min(FEWEST_EFFECTIVE, units / 4.0)
                && symmetricEnough();
    }

    /**
     * True when the skewness of the mean is small. By the Edgeworth expansion a skewness g moves the level of the one-sided 5 %
     * bound by about 0.11 g / sqrt(G), so 0.10 is a point; sqrt(6) / G is what chance adds under normality.
     */
    boolean symmetricEnough() {
        double units = values.size();
        return Math.abs(skewness()) / Math.sqrt(units) <= MOST_SKEWED + Math.sqrt(6) / units;
    }

    /** The mean loss, of units lost whole, that with probability alpha is not among so many units. */
    double unseenLoss(double alpha) {
        return 1 - Math.pow(alpha, 1.0 / values.size());
    }

    /** (sum v^2)^2 / sum v^4: the number of units that carry the difference; for values of -1, 0 and 1 the number that differ. */
    private double effective() {
        double squares = 0;
        double fourths = 0;
        for (double value : values) {
            squares += value * value;
            fourths += value * value * value * value;
        }
        return fourths == 0 ? 0 : squares * squares / fourths;
    }

    private double skewness() {
        double mean = mean();
        double squares = 0;
        double cubes = 0;
        for (double value : values) {
            double deviation = value - mean;
            squares += deviation * deviation;
            cubes += deviation * deviation * deviation;
        }
        double variance = squares / values.size();
        return variance == 0 ? 0 : cubes / values.size() / Math.pow(variance, 1.5);
    }

    private double mean() {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.size();
    }
}
