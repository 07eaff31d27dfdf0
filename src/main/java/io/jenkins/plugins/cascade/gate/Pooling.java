package io.jenkins.plugins.cascade.gate;

import java.util.List;
import java.util.Locale;

/** The pooled difference: sum of w_b D_b with equal weights, standard error sqrt(sum of w_b^2 SE_b^2). */
final class Pooling {

    private Pooling() {}

    /** The pooled decision, or null when there is nothing to pool. */
    static PooledDecision of(List<Assessment> assessments, double alpha) {
        if (assessments.isEmpty()) {
            return null;
        }
        double weight = 1.0 / assessments.size();
        double difference = 0;
        double variance = 0;
        for (Assessment assessment : assessments) {
            difference += weight * assessment.estimate().difference();
            variance += Math.pow(weight * assessment.planningError(alpha), 2);
        }
        double error = Math.sqrt(variance);
        double width = Normal.exceededWith(alpha) * error;
        boolean warning = difference + width < 0;
        return new PooledDecision(
                assessments.size(),
                difference,
                error,
                difference - width,
                difference + width,
                warning,
                String.format(
                        Locale.ROOT,
                        "All %d benchmarks together %s (bounds %s to %s)%s.",
                        assessments.size(),
                        Wording.change(difference),
                        Wording.points(difference - width),
                        Wording.points(difference + width),
                        warning ? ": a drop is shown" : ""));
    }
}
