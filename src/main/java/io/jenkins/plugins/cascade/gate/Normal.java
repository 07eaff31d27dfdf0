package io.jenkins.plugins.cascade.gate;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** The standard normal distribution. */
final class Normal {

    private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

    private Normal() {}

    /** Phi(x). */
    static double probabilityBelow(double x) {
        return STANDARD.cumulativeProbability(x);
    }

    /** z such that a standard normal exceeds it with this probability. */
    static double exceededWith(double probability) {
        return STANDARD.inverseSurvivalProbability(probability);
    }
}
