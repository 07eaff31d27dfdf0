package io.jenkins.plugins.cascade.gate;

import java.util.List;
import java.util.function.Function;

/**
 * The difference between candidate and baseline over paired items, with its standard errors (Miller, "Adding Error Bars to Evals",
 * arXiv 2411.00640, sections 2.2 and 4).
 *
 * @param items number of pairs n
 * @param clusters number of independent units G; n when items stand alone
 * @param difference mean of the item differences D, a fraction
 * @param standardError sqrt(sum (d - D)^2 / (n (n - 1))), or with clusters sqrt(G/(G-1) sum_g (sum_{i in g} (d_i - D))^2) / n
 * @param fixedItemStandardError the error left when the items are fixed and only the sampling varies; NaN with one sample a side
 * @param withinBaseline mean over items of the variance of one baseline sample; NaN with one sample
 * @param withinCandidate the same for the candidate
 */
record PairedEstimate(
        int items,
        int clusters,
        double difference,
        double standardError,
        double fixedItemStandardError,
        double withinBaseline,
        double withinCandidate) {

    static PairedEstimate of(PairedScores scores) {
        double[] differences = scores.differences();
        double mean = mean(differences);
        List<PairedScores.Unit> units = scores.units();
        double withinBaseline = within(scores, PairedScores.Pair::baseline);
        double withinCandidate = within(scores, PairedScores.Pair::candidate);
        double samplingVariance =
                withinBaseline / scores.baselineSamples() + withinCandidate / scores.candidateSamples();
        return new PairedEstimate(
                scores.size(),
                units.size(),
                mean,
                standardError(units, mean, scores.size()),
                Math.sqrt(samplingVariance / scores.size()),
                withinBaseline,
                withinCandidate);
    }

    /** 1 - alpha^(1/n), the largest loss, of items lost whole, that with probability alpha is not among n items. */
    double unseenLoss(double alpha) {
        return 1 - Math.pow(alpha, 1.0 / items);
    }

    /** Degrees of freedom of the standard error. */
    int degreesOfFreedom() {
        return clusters - 1;
    }

    /** Variance of one item's difference, n times the squared standard error; with clusters it includes the design effect. */
    double varianceOfOneItem() {
        return items * standardError * standardError;
    }

    /** With units of one item this is the paired standard error, since G/(G-1) / n^2 is then 1 / (n (n-1)). */
    private static double standardError(List<PairedScores.Unit> units, double mean, int items) {
        double squares = 0;
        for (PairedScores.Unit unit : units) {
            double deviation = unit.total() - unit.items() * mean;
            squares += deviation * deviation;
        }
        double clusters = units.size();
        return Math.sqrt(clusters / (clusters - 1) * squares) / items;
    }

    private static double within(PairedScores scores, Function<PairedScores.Pair, ItemScores> side) {
        return scores.pairs().stream()
                .mapToDouble(pair -> sampleVariance(side.apply(pair)))
                .average()
                .orElse(Double.NaN);
    }

    /** For 0/1 samples with mean s this is s (1 - s) K / (K - 1). */
    private static double sampleVariance(ItemScores item) {
        double mean = item.mean();
        double squares = 0;
        for (double sample : item.samples()) {
            squares += (sample - mean) * (sample - mean);
        }
        int samples = item.samples().size();
        return samples < 2 ? Double.NaN : squares / (samples - 1);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
