package io.jenkins.plugins.cascade.report;

import io.jenkins.plugins.cascade.gate.BenchmarkDecision;
import io.jenkins.plugins.cascade.gate.Gate;
import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.gate.GateVerdict;
import io.jenkins.plugins.cascade.gate.Look;
import java.util.List;

/**
 * A benchmark's finding in the words and numbers that every table shows, in per cent and points.
 *
 * @param benchmark its name
 * @param baseline score of the baseline
 * @param candidate score of the candidate
 * @param difference with its sign
 * @param bounds one-sided lower and upper bound
 * @param limit what the lower bound is held against
 * @param resolution standard error divided by the margin
 * @param verdict the verdict in capitals, with a mark where it is only watched
 */
record GateRow(
        String benchmark,
        String baseline,
        String candidate,
        String difference,
        String bounds,
        String limit,
        String resolution,
        String verdict) {
    static GateRow of(BenchmarkDecision row) {
        return new GateRow(
                row.benchmark(),
                Figures.percent(row.baseline()),
                Figures.percent(row.candidate()),
                Figures.points(row.difference()),
                Scale.fits(row.lower())
                        ? "[" + Figures.points(row.lower()) + ", " + Figures.points(row.upper()) + "]"
                        : Figures.NONE,
                limit(row),
                row.kind() == Gate.Kind.TARGET ? Figures.NONE : Figures.ratio(row.resolution()),
                verdict(row));
    }

    /** Heading of the bounds, for example {@code 95 % bounds}. */
    static String boundsHeading(Look look) {
        return Figures.level(look.alpha()) + " bounds";
    }

    /** Whether the sentence says more than the numbers: a plain pass does not need one. */
    static boolean isFinding(BenchmarkDecision row) {
        boolean plain = row.verdict() == GateVerdict.PASS && !row.warning() && row.tolerance() == null;
        return !plain && !row.sentence().isBlank();
    }

    /** The sentence with its benchmark's name. */
    static String finding(BenchmarkDecision row) {
        return row.sentence().contains(row.benchmark()) ? row.sentence() : row.benchmark() + ": " + row.sentence();
    }

    /** The sentences that say more than the numbers. */
    static List<String> findings(GateDecision decision) {
        return decision.benchmarks().stream()
                .filter(GateRow::isFinding)
                .map(GateRow::finding)
                .toList();
    }

    private static String limit(BenchmarkDecision row) {
        return row.kind() == Gate.Kind.TARGET
                ? "gain > " + Figures.margin(row.requiredGain())
                : Figures.margin(row.margin());
    }

    private static String verdict(BenchmarkDecision row) {
        String word = row.verdict().name();
        if (row.tolerance() != null) {
            word += " (tolerated)";
        }
        return row.kind() == Gate.Kind.WATCH ? word + " (watched)" : word;
    }
}
