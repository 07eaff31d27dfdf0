package io.jenkins.plugins.cascade.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A decision as plain text for a terminal or a log: an aligned table, then the sentences. Scores are in points (hundredths);
 * {@code P(pass|same)} is the chance that an unchanged model passes, {@code provable} the smallest margin it would pass with the
 * policy's power, {@code n needed} the items that the margin would take. No control characters.
 */
public final class GateTable {

    private static final List<String> HEAD = List.of(
            "benchmark",
            "kind",
            "n",
            "baseline",
            "candidate",
            "difference",
            "SE",
            "bounds",
            "margin",
            "SE/margin",
            "P(pass|same)",
            "provable",
            "n needed",
            "verdict");

    private GateTable() {}

    /** The text, lines ended by a line feed. */
    public static String write(GateDecision decision) {
        StringBuilder text = new StringBuilder(table(decision));
        for (FurtherDecision other : decision.further()) {
            text.append("\nAgainst ").append(printable(other.baseline())).append(":\n");
            text.append(table(other.decision()));
        }
        decision.debts().forEach(debt -> append(text, debt(debt)));
        append(text, decision.verdict() + ". " + decision.summarySentence());
        return text.toString();
    }

    private static String table(GateDecision decision) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        decision.benchmarks().forEach(benchmark -> rows.add(row(benchmark)));
        StringBuilder text = new StringBuilder();
        int[] widths = widths(rows);
        rows.forEach(row -> text.append(line(row, widths)).append('\n'));
        text.append('\n');
        decision.benchmarks().forEach(benchmark -> append(text, benchmark.sentence()));
        if (decision.pooled() != null && decision.benchmarks().size() > 1) {
            append(text, decision.pooled().sentence());
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String sentence) {
        text.append(printable(sentence)).append('\n');
    }

    private static List<String> row(BenchmarkDecision d) {
        return List.of(
                printable(d.benchmark()),
                d.kind().name().toLowerCase(Locale.ROOT),
                Integer.toString(d.n()),
                points(d.baseline(), "%.1f"),
                points(d.candidate(), "%.1f"),
                points(d.difference(), "%+.1f"),
                points(d.standardError(), "%.2f"),
                Double.isNaN(d.lower()) ? "-" : points(d.lower(), "%+.1f") + " to " + points(d.upper(), "%+.1f"),
                d.kind() == Gate.Kind.TARGET ? points(d.requiredGain(), ">%.1f") : points(d.margin(), "%.1f"),
                Double.isNaN(d.resolution()) ? "-" : String.format(Locale.ROOT, "%.2f", d.resolution()),
                Double.isNaN(d.passIfUnchanged())
                        ? "-"
                        : String.format(Locale.ROOT, "%.0f%%", 100 * d.passIfUnchanged()),
                points(d.provableMargin(), "%.1f"),
                d.itemsNeeded() == 0 ? "-" : Integer.toString(d.itemsNeeded()),
                d.verdict() + (d.warning() ? " (drop shown)" : ""));
    }

    private static String debt(Debt debt) {
        return String.format(
                "Debt on %s: opened by %s with a drop of %s points, to be recovered by %s (%s): %s.",
                debt.benchmark(),
                debt.openedBy(),
                Wording.points(debt.drop()),
                debt.recoverBy(),
                debt.reason(),
                debt.status().name().toLowerCase(Locale.ROOT));
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = row.get(i);
            String padding = " ".repeat(widths[i] - cell.length());
            boolean left = i < 2 || i == widths.length - 1;
            line.append(left ? cell + padding : padding + cell).append("  ");
        }
        return line.toString().stripTrailing();
    }

    private static String points(double fraction, String format) {
        return Double.isNaN(fraction) ? "-" : String.format(Locale.ROOT, format, 100 * fraction);
    }

    /** Names come from files that anyone may have written. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
