package io.jenkins.plugins.cascade.gate;

import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * One-sided test for a drop of any size, H0: the candidate is not worse. Exact McNemar for a paired two-by-two table, otherwise a
 * sign-flip permutation over the independent units.
 */
final class DegradationTest {

    private static final int FLIPS = 10_000;
    private static final long SEED = 20_251_213L;
    private static final double TIE = 1e-9;

    private DegradationTest() {}

    /** The p-value, in (0, 1]. */
    static double pValue(PairedScores scores) {
        if (scores.singleBinary() && !scores.clustered()) {
            return mcNemar(scores.lost(), scores.won());
        }
        return signFlip(scores.units());
    }

    /** P(Bin(lost + won, 1/2) at least lost). */
    static double mcNemar(int lost, int won) {
        return BinomialDistribution.of(lost + won, 0.5).survivalProbability(lost - 1);
    }

    /** (1 + number of flips at least as low as observed) / (1 + flips), with a fixed seed. */
    static double signFlip(List<PairedScores.Unit> units) {
        double[] totals = units.stream()
                .mapToDouble(PairedScores.Unit::total)
                .filter(total -> total != 0)
                .sorted()
                .toArray();
        SignFlips flips = new SignFlips(totals);
        double observed = flips.observed() + TIE;
        if (flips.isNormal()) {
            return Normal.probabilityBelow(observed / flips.deviation());
        }
        SplittableRandom random = new SplittableRandom(SEED);
        int asLow = 0;
        for (int i = 0; i < FLIPS; i++) {
            if (flips.next(random) <= observed) {
                asLow++;
            }
        }
        return (1.0 + asLow) / (1.0 + FLIPS);
    }
}
