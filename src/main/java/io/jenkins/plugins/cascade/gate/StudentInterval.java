package io.jenkins.plugins.cascade.gate;

import org.apache.commons.statistics.distribution.TDistribution;

/** D plus and minus t(1 - alpha, df) standard errors, df = G - 1 with G clusters and n - 1 without. */
final class StudentInterval {

    private StudentInterval() {}

    static Interval of(PairedEstimate estimate, double alpha) {
        double quantile = TDistribution.of(estimate.degreesOfFreedom()).inverseSurvivalProbability(alpha);
        double width = quantile * estimate.standardError();
        String method = estimate.clusters() < estimate.items() ? "clustered t" : "paired t";
        return new Interval(estimate.difference() - width, estimate.difference() + width, method);
    }
}
