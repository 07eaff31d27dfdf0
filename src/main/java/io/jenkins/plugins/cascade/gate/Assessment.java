package io.jenkins.plugins.cascade.gate;

/**
 * A benchmark that can be compared, measured but not yet judged.
 *
 * @param scores the pairs
 * @param estimate difference and standard errors
 * @param interval bounds at the look's level
 * @param degradationP p-value of the test for a drop
 */
record Assessment(PairedScores scores, PairedEstimate estimate, Interval interval, double degradationP) {

    static Assessment of(String benchmark, BenchmarkScores baseline, BenchmarkScores candidate, double alpha)
            throws InvalidScoresException {
        PairedScores scores = Pairing.pair(benchmark, baseline, candidate);
        PairedEstimate estimate = PairedEstimate.of(scores);
        return new Assessment(scores, estimate, Intervals.of(scores, estimate, alpha), DegradationTest.pValue(scores));
    }

    /**
     * The standard error to plan with. Where the bounds do not follow from the estimated error (few units, or none that differ so
     * that it is 0), the distance to the lower bound stands in for it.
     */
    double planningError(double alpha) {
        boolean estimated = estimate.standardError() > 0 && !interval.method().equals(BoundedMeanInterval.METHOD);
        return estimated
                ? estimate.standardError()
                : (estimate.difference() - interval.lower()) / Normal.exceededWith(alpha);
    }
}
