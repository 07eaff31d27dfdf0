package io.jenkins.plugins.cascade.gate;

/**
 * Chooses how the bounds of a comparison are made.
 *
 * <ul>
 *   <li>A paired two-by-two table (one 0/1 sample a side, no clusters) with fewer than 200 items, fewer than 25 discordant ones or
 *       nearly all of them in one direction: Tango's score bounds.
 *   <li>Anything else: t bounds, over clusters where there are any, if the values are fit for them, and the bounds for a bounded
 *       mean if not.
 * </ul>
 *
 * <p>Graded scores may hardly differ on the items at hand and yet be lost whole on a few others: if a fraction u of the items is lost,
 * n items hold none of them with probability (1 - u)^n, and the t bounds, made from the small differences that are seen, exclude it
 * wrongly. So they are not taken where they are many times narrower than the loss u = 1 - alpha^(1/n) that n items need not show.
 */
final class Intervals {

    private static final int FEWEST_ITEMS_FOR_T_ON_A_TABLE = 200;
    private static final int FEWEST_DISCORDANT_FOR_T = 25;
    private static final double LEAST_SEEN = 1.0 / 8;

    private Intervals() {}

    static Interval of(PairedScores scores, PairedEstimate estimate, double alpha) {
        boolean clustered = estimate.clusters() < estimate.items();
        UnitShape shape = UnitShape.of(scores);
        if (scores.singleBinary() && !clustered) {
            return largeTable(scores) && shape.symmetricEnough()
                    ? StudentInterval.of(estimate, alpha)
                    : new TangoInterval(scores.lost(), scores.won(), scores.size()).at(Normal.exceededWith(alpha));
        }
        Interval student = StudentInterval.of(estimate, alpha);
        boolean seen = estimate.difference() - student.lower() >= LEAST_SEEN * estimate.unseenLoss(alpha);
        return seen && shape.fitForT(clustered) ? student : BoundedMeanInterval.of(shape, alpha);
    }

    private static boolean largeTable(PairedScores scores) {
        return scores.size() >= FEWEST_ITEMS_FOR_T_ON_A_TABLE
                && scores.lost() + scores.won() >= FEWEST_DISCORDANT_FOR_T;
    }
}
