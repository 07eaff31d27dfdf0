package io.jenkins.plugins.cascade.gate;

/**
 * What a benchmark can see: planning numbers at the policy's error rate and power.
 *
 * @param ratio standard error divided by the margin; NaN without a margin
 * @param passIfUnchanged Phi(1 / ratio - z(1 - alpha)), the chance that an unchanged model passes; NaN without a margin
 * @param provableMargin (z(1 - alpha) + z(power)) standard errors, the smallest margin that is passed with the policy's power
 * @param itemsNeeded items for the margin at the policy's power with the present samples; 0 when unknown
 * @param samplesNeeded samples an item, both sides, for the margin with the present items; 0 when no number of them is enough
 * @param samplesKnown false when one sample an item hides how much of the variance sampling makes, so that the number of samples
 *     needed is only the least that could be enough
 */
record Resolution(
        double ratio,
        double passIfUnchanged,
        double provableMargin,
        int itemsNeeded,
        int samplesNeeded,
        boolean samplesKnown) {

    /** Above this ratio a benchmark decides too rarely: an unchanged model passes with less than about 80 %. */
    static final double COARSEST = 0.4;

    /**
     * The planning numbers.
     *
     * @param margin margin of the gate, a fraction; 0 when it has none
     * @param power chance with which an unchanged model should pass
     */
    static Resolution of(Assessment assessment, double margin, double alpha, double power) {
        PairedEstimate estimate = assessment.estimate();
        double z = Normal.exceededWith(alpha);
        double both = z + Normal.exceededWith(1 - power);
        if (estimate.standardError() == 0) {
            return ofEqualDifferences(
                    estimate.difference() - assessment.interval().lower(), estimate, margin, alpha, both);
        }
        double standardError = assessment.planningError(alpha);
        double provable = both * standardError;
        if (margin == 0) {
            return new Resolution(Double.NaN, Double.NaN, provable, 0, 0, false);
        }
        if (assessment.interval().method().equals(BoundedMeanInterval.METHOD)
                && UnitShape.of(assessment.scores()).unseenLoss(alpha) > margin) {
            return ofUnseenLoss(standardError, estimate, margin, alpha, both);
        }
        return new Resolution(
                standardError / margin,
                Normal.probabilityBelow(margin / standardError - z),
                provable,
                ceiling(estimate.items() * Math.pow(provable / margin, 2)),
                samples(
                        estimate,
                        Math.pow(standardError, 2) * estimate.items(),
                        Math.pow(margin / both, 2) * estimate.items()),
                estimate.withinBaseline() >= 0 && estimate.withinCandidate() >= 0);
    }

    /**
     * When no two items differ there is no error to plan with, only the loss that might have gone unseen: it shrinks with the number
     * of items alone, as 1 - alpha^(1/n).
     */
    private static Resolution ofEqualDifferences(
            double unseenLoss, PairedEstimate estimate, double margin, double alpha, double both) {
        if (margin == 0) {
            return new Resolution(Double.NaN, Double.NaN, unseenLoss, 0, 0, false);
        }
        int items = ceiling(itemsToShow(estimate, margin, alpha));
        double passes = unseenLoss <= margin ? 1 : 0;
        return new Resolution(unseenLoss / both / margin, passes, unseenLoss, items, 0, true);
    }

    /** When the items are so few that a loss of the margin may not be among them, only more of them help. */
    private static Resolution ofUnseenLoss(
            double standardError, PairedEstimate estimate, double margin, double alpha, double both) {
        double toShow = itemsToShow(estimate, margin, alpha);
        double toMeasure = estimate.items() * Math.pow(both * estimate.standardError() / margin, 2);
        return new Resolution(
                standardError / margin,
                Normal.probabilityBelow(margin / standardError - Normal.exceededWith(alpha)),
                both * standardError,
                ceiling(Math.max(toShow, toMeasure)),
                0,
                true);
    }

    /** Items, or the items of as many clusters, among which a loss of the margin that falls on units whole is seen. */
    private static double itemsToShow(PairedEstimate estimate, double margin, double alpha) {
        double units = Math.ceil(Math.log(alpha) / Math.log1p(-margin));
        return units * estimate.items() / estimate.clusters();
    }

    boolean tooCoarse() {
        return ratio > COARSEST;
    }

    /** Solves omega^2 + (s_B^2 + s_C^2) / K = allowed for K, where omega^2 is the variance that sampling does not make. */
    private static int samples(PairedEstimate estimate, double variance, double allowed) {
        double within = estimate.withinBaseline() + estimate.withinCandidate();
        if (Double.isNaN(within)) {
            return ceiling(variance / allowed);
        }
        double sampling = Math.pow(estimate.fixedItemStandardError(), 2) * estimate.items();
        double betweenItems = Math.max(variance - sampling, 0);
        return allowed <= betweenItems ? 0 : ceiling(within / (allowed - betweenItems));
    }

    private static int ceiling(double value) {
        return (int) Math.min(Math.ceil(value), Integer.MAX_VALUE);
    }
}
