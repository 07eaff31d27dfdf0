package io.jenkins.plugins.cascade.gate;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The pooled difference: sum of w_b D_b with equal weights, standard error sqrt(sum of w_b^2 SE_b^2).
 *
 * <p>An item that stands in two benchmarks and was evaluated once is one piece of evidence, not two: what such items contribute is
 * added before it is squared. Two benchmarks share items when every identity they have in common has the same samples on both
 * sides; equal numbers in two benchmarks are no sign of it.
 */
final class Pooling {

    private final List<Assessment> assessments;
    private final double alpha;
    private final double weight;

    private Pooling(List<Assessment> assessments, double alpha) {
        this.assessments = assessments;
        this.alpha = alpha;
        this.weight = 1.0 / assessments.size();
    }

    /** The pooled decision, or null when there is nothing to pool. */
    static PooledDecision of(List<Assessment> assessments, double alpha) {
        return assessments.isEmpty() ? null : new Pooling(assessments, alpha).decide();
    }

    private PooledDecision decide() {
        double difference = 0;
        double variance = 0;
        for (int i = 0; i < assessments.size(); i++) {
            Assessment assessment = assessments.get(i);
            difference += weight * assessment.estimate().difference();
            variance += Math.pow(weight * assessment.planningError(alpha), 2);
            for (Assessment earlier : assessments.subList(0, i)) {
                variance += 2 * weight * weight * covariance(earlier.scores(), assessment.scores());
            }
        }
        double error = Math.sqrt(Math.max(variance, 0));
        double width = Normal.exceededWith(alpha) * error;
        boolean warning = difference + width < 0;
        return new PooledDecision(
                assessments.size(),
                difference,
                error,
                difference - width,
                difference + width,
                warning,
                sentence(difference, width, warning));
    }

    private String sentence(double difference, double width, boolean warning) {
        return String.format(
                Locale.ROOT,
                "%s %s (%s %% bounds %s to %s)%s.",
                assessments.size() == 1 ? "The one benchmark" : "All " + assessments.size() + " benchmarks together",
                Wording.change(difference),
                Wording.level(alpha),
                Wording.points(difference - width),
                Wording.points(difference + width),
                warning ? ": a drop is shown" : "");
    }

    /** Covariance of the two mean differences through the items that both hold; 0 when they share none. */
    private static double covariance(PairedScores left, PairedScores right) {
        Map<String, PairedScores.Pair> byItem = new HashMap<>();
        left.pairs().forEach(pair -> byItem.put(pair.baseline().item(), pair));
        double leftMean = mean(left);
        double rightMean = mean(right);
        double sum = 0;
        for (PairedScores.Pair pair : right.pairs()) {
            PairedScores.Pair same = byItem.get(pair.baseline().item());
            if (same != null && !sameEvaluation(same, pair)) {
                return 0;
            }
            if (same != null) {
                sum += (same.difference() - leftMean) * (pair.difference() - rightMean);
            }
        }
        return sum / left.size() / (right.size() - 1);
    }

    private static boolean sameEvaluation(PairedScores.Pair left, PairedScores.Pair right) {
        return left.baseline().samples().equals(right.baseline().samples())
                && left.candidate().samples().equals(right.candidate().samples());
    }

    private static double mean(PairedScores scores) {
        return scores.candidateMean() - scores.baselineMean();
    }
}
