package io.jenkins.plugins.cascade.gate;

import java.util.Locale;
import java.util.Random;

/** One benchmark's samples judged against each other under its gate, many times over. */
final class SelfTrial {

    private static final int COMPARISONS = 400;
    private static final long SEED = 6;
    /** Standard errors of a share by which chance may exceed alpha. */
    private static final double CHANCE = 3;

    private final Gate gate;
    private final GatePolicy policy;
    private final double alpha;
    private final boolean twoEvaluations;

    private int passed;
    private int inconclusive;
    private int regressed;
    private int drops;
    private int gains;
    /** Comparisons whose bounds more samples would narrow. */
    private int narrowing;
    /** Distances from the difference to its lower bound, as they would be with all samples on each side. */
    private double sumOfFullWidths;

    private double sumOfSquares;
    private int items;
    private int samplesPerSide;
    private double fullOverHalf;

    SelfTrial(Gate gate, GatePolicy policy, boolean twoEvaluations) {
        this.gate = gate;
        this.policy = policy;
        this.alpha = policy.look(1).alpha();
        this.twoEvaluations = twoEvaluations;
    }

    /**
     * Deals the samples and judges.
     *
     * @param unstable whether two evaluations of the model were found to differ
     * @throws InvalidScoresException when the scores are not fit for a comparison
     */
    SelfFinding run(SelfSplits splits, boolean unstable) throws InvalidScoresException {
        samplesPerSide = splits.samplesPerSide();
        fullOverHalf = twoEvaluations ? 1 : Math.sqrt(splits.samples() / (double) samplesPerSide);
        Random random = new Random(SEED);
        for (int i = 0; i < COMPARISONS; i++) {
            count(splits.deal(random));
        }
        return finding(unstable);
    }

    private void count(PairedScores scores) {
        PairedEstimate estimate = PairedEstimate.of(scores);
        Interval interval = Intervals.of(scores, estimate, alpha);
        items = scores.size();
        switch (verdict(interval)) {
            case PASS -> passed++;
            case REGRESSED -> regressed++;
            default -> inconclusive++;
        }
        drops += interval.upper() < 0 ? 1 : 0;
        gains += interval.lower() > 0 ? 1 : 0;
        sumOfSquares += estimate.difference() * estimate.difference();
        double width = estimate.difference() - interval.lower();
        boolean shrinks = estimate.standardError() > 0 && !interval.method().equals(BoundedMeanInterval.METHOD);
        narrowing += shrinks ? 1 : 0;
        sumOfFullWidths += shrinks ? width / fullOverHalf : width;
    }

    private GateVerdict verdict(Interval interval) {
        return gate.kind() == Gate.Kind.TARGET
                ? Zones.superiority(interval, gate.requiredGain())
                : Zones.nonInferiority(interval, gate.margin());
    }

    private SelfFinding finding(boolean unstable) {
        double error = Math.sqrt(sumOfSquares / COMPARISONS) / fullOverHalf;
        double unchanged = passIfUnchanged(error);
        boolean target = gate.kind() == Gate.Kind.TARGET;
        double limit = alpha + CHANCE * Math.sqrt(alpha * (1 - alpha) / COMPARISONS);
        boolean tooManyFalse =
                share(drops) > limit || share(gains) > limit || share(target ? passed : regressed) > limit;
        boolean decides = target || Math.max(unchanged, twoEvaluations ? 0 : share(passed)) >= policy.power();
        GateVerdict verdict = unstable || tooManyFalse
                ? GateVerdict.REGRESSED
                : decides ? GateVerdict.PASS : GateVerdict.INCONCLUSIVE;
        return new SelfFinding(
                gate.benchmark(),
                gate.kind(),
                target ? gate.requiredGain() : gate.margin(),
                items,
                samplesPerSide,
                COMPARISONS,
                share(passed),
                share(inconclusive),
                share(regressed),
                share(drops),
                error,
                target ? Double.NaN : unchanged,
                unstable,
                verdict,
                sentence(error, unchanged, unstable, verdict));
    }

    private double passIfUnchanged(double error) {
        double width = sumOfFullWidths / COMPARISONS;
        if (error == 0) {
            return width <= gate.margin() ? 1 : 0;
        }
        return Normal.probabilityBelow((gate.margin() - width) / error);
    }

    private String sentence(double error, double unchanged, boolean unstable, GateVerdict verdict) {
        String dealt = String.format(
                Locale.ROOT,
                "%s against itself (%d items, %d %s a side, %d times): %s",
                gate.benchmark(),
                items,
                samplesPerSide,
                samplesPerSide == 1 ? "sample" : "samples",
                COMPARISONS,
                shares());
        return dealt + "; standard error " + String.format(Locale.ROOT, "%.2f", 100 * error) + " points: "
                + ending(error, unchanged, unstable, verdict) + '.';
    }

    private String shares() {
        if (gate.kind() == Gate.Kind.TARGET) {
            return String.format(Locale.ROOT, "a gain was found in %.1f %%", 100 * share(passed));
        }
        return String.format(
                Locale.ROOT,
                "%.1f %% passed, %.1f %% were not decided, %.1f %% regressed",
                100 * share(passed),
                100 * share(inconclusive),
                100 * share(regressed));
    }

    private String ending(double error, double unchanged, boolean unstable, GateVerdict verdict) {
        if (unstable) {
            return "not usable, two evaluations of the same model differ by more than sampling explains; find out what else"
                    + " changed";
        }
        return switch (verdict) {
            case PASS -> "usable" + (gate.kind() == Gate.Kind.TARGET ? "" : passes(unchanged));
            case REGRESSED ->
                "not usable, more than " + Wording.points(alpha) + " % false findings; the samples of an item are not"
                        + " independent, so evaluate with other seeds or give the items clusters";
            default ->
                "not usable for a margin of " + Wording.points(gate.margin()) + passes(unchanged) + "; "
                        + remedy(error);
        };
    }

    private static String passes(double unchanged) {
        return String.format(
                Locale.ROOT, ", with all samples on each side an unchanged model passes %.0f %%", 100 * unchanged);
    }

    private String remedy(double error) {
        double z = Normal.exceededWith(1 - policy.power());
        double width = sumOfFullWidths / COMPARISONS;
        double provable = width + z * error;
        String margin = "raise the margin to " + Wording.roundedUp(provable) + " points";
        boolean hidden = width > gate.margin() && narrowing == 0;
        if (error == 0 || hidden) {
            int needed = (int) Math.ceil(Math.log(alpha) / Math.log1p(-gate.margin()));
            return items < needed ? "use at least " + needed + " items or " + margin : margin;
        }
        double samples = samplesPerSide * Math.pow(fullOverHalf * provable / gate.margin(), 2);
        return String.format(Locale.ROOT, "raise K to %.0f or %s", Math.ceil(samples), margin);
    }

    private static double share(int count) {
        return count / (double) COMPARISONS;
    }
}
