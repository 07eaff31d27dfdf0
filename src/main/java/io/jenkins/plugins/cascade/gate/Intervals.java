package io.jenkins.plugins.cascade.gate;

/** Chooses how the bounds of a comparison are made. */
final class Intervals {

    private static final int FEWEST_ITEMS_FOR_T_ON_A_TABLE = 200;
    private static final int FEWEST_DISCORDANT_FOR_T = 25;

    private Intervals() {}

    static Interval of(PairedScores scores, PairedEstimate estimate, double alpha) {
        boolean sparse = scores.lost() + scores.won() < FEWEST_DISCORDANT_FOR_T;
        if (scores.singleBinary() && (scores.size() < FEWEST_ITEMS_FOR_T_ON_A_TABLE || sparse)) {
            return new TangoInterval(scores.lost(), scores.won(), scores.size()).at(Normal.exceededWith(alpha));
        }
        return StudentInterval.of(estimate, alpha);
    }
}
