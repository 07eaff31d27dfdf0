package io.jenkins.plugins.cascade.gate;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.GammaDistribution;

/**
 * Bounds for the mean of a bounded variable that hold their level for few units and any shape (Learned-Miller and Thomas, "A New
 * Confidence Interval for the Mean of a Bounded Random Variable", arXiv 1905.06208): the alpha quantile, over random weights from
 * a flat Dirichlet distribution, of the weighted mean of the values and of one more value as bad as a value can be. For 0/1 values
 * it is the exact Clopper-Pearson bound; when all values are equal it has a closed form, the "rule of three".
 */
final class BoundedMeanInterval {

    static final String METHOD = "bounded mean";

    private static final int DRAWS = 9_999;

    /** So many different values are drawn for; of more, neighbours count as the lowest of them. */
    private static final int MOST_VALUES = 4096;

    private static final long SEED = 1_905_06208L;

    private BoundedMeanInterval() {}

    static Interval of(UnitShape shape, double alpha) {
        List<Double> mirrored = shape.values().stream().map(value -> -value).toList();
        return new Interval(
                lower(shape.values(), shape.largest(), alpha), -lower(mirrored, shape.largest(), alpha), METHOD);
    }

    private static double lower(List<Double> values, double largest, double alpha) {
        TreeMap<Double, Integer> counts = new TreeMap<>();
        for (double value : values) {
            double withoutSignOfZero = value + 0.0;
            counts.merge(withoutSignOfZero, 1, Integer::sum);
        }
        counts = counts.size() > MOST_VALUES ? roundedDown(counts, largest) : counts;
        if (counts.size() == 1) {
            double value = counts.firstKey();
            return value - (value + largest) * (1 - Math.pow(alpha, 1.0 / values.size()));
        }
        double[] means = weightedMeans(counts, -largest);
        Arrays.sort(means);
        return means[(int) Math.floor(alpha * (DRAWS + 1)) - 1];
    }

    /** Fewer values, none of them better than it was, so that the bound can only be lower. */
    private static TreeMap<Double, Integer> roundedDown(Map<Double, Integer> counts, double largest) {
        double step = 2 * largest / MOST_VALUES;
        TreeMap<Double, Integer> rounded = new TreeMap<>();
        counts.forEach((value, count) -> rounded.merge(Math.floor(value / step) * step, count, Integer::sum));
        return rounded;
    }

    private static double[] weightedMeans(Map<Double, Integer> counts, double worst) {
        SplittableRandom random = new SplittableRandom(SEED);
        UniformRandomProvider source = random::nextLong;
        double[] sums = new double[DRAWS];
        double[] weights = new double[DRAWS];
        add(1, worst, source, sums, weights);
        counts.forEach((value, count) -> add(count, value, source, sums, weights));
        for (int i = 0; i < DRAWS; i++) {
            sums[i] /= weights[i];
        }
        return sums;
    }

    /** Equal values share one weight: a sum of flat Dirichlet weights is a normalised gamma variable of that shape. */
    private static void add(int count, double value, UniformRandomProvider source, double[] sums, double[] weights) {
        ContinuousDistribution.Sampler gamma = GammaDistribution.of(count, 1).createSampler(source);
        for (int i = 0; i < DRAWS; i++) {
            double weight = gamma.sample();
            sums[i] += weight * value;
            weights[i] += weight;
        }
    }
}
