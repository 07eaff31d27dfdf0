package io.jenkins.plugins.cascade.stage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cascade.gate.BenchmarkDecision;
import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.gate.GateVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A gate's decision as a table for the log and for a pull request. Scores and differences are in points. */
public final class GateTable {
    private static final double POINTS = 100;
    private static final List<String> HEAD =
            List.of("benchmark", "before", "after", "difference", "bounds", "margin", "verdict");

    private GateTable() {}

    /** Lines for a log, the columns aligned, then the sentences that need attention. */
    public static List<String> lines(GateDecision decision) {
        List<List<String>> rows = rows(decision);
        List<Integer> widths = IntStream.range(0, HEAD.size())
                .mapToObj(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toList();
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(IntStream.range(0, row.size())
                    .mapToObj(column -> padded(row.get(column), widths.get(column), column == 0))
                    .collect(Collectors.joining("  "))
                    .stripTrailing());
        }
        decision.benchmarks().stream()
                .filter(b -> b.verdict() != GateVerdict.PASS || b.warning())
                .forEach(b -> lines.add(b.benchmark() + ": " + b.sentence()));
        lines.add(decision.verdict() + ": " + decision.summarySentence());
        return lines;
    }

    /** The table in Markdown; empty where there is no decision. */
    public static String markdown(@CheckForNull GateDecision decision) {
        if (decision == null) {
            return "";
        }
        List<List<String>> rows = rows(decision);
        StringBuilder text = new StringBuilder("**").append(decision.verdict()).append("**: ");
        text.append(escaped(decision.summarySentence())).append("\n\n");
        for (int i = 0; i < rows.size(); i++) {
            text.append(rows.get(i).stream().map(GateTable::escaped).collect(Collectors.joining(" | ", "| ", " |\n")));
            if (i == 0) {
                text.append("| --- ").append("| ---: ".repeat(HEAD.size() - 1)).append("|\n");
            }
        }
        return text.toString();
    }

    private static List<List<String>> rows(GateDecision decision) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        decision.benchmarks().forEach(b -> rows.add(row(b)));
        return rows;
    }

    private static List<String> row(BenchmarkDecision b) {
        String verdict = b.verdict() + (b.decides() ? "" : " (watched)") + (b.warning() ? " (drop shown)" : "");
        return List.of(
                b.benchmark(),
                number("%.1f", b.baseline()),
                number("%.1f", b.candidate()),
                number("%+.1f", b.difference()),
                "[" + number("%+.1f", b.lower()) + ", " + number("%+.1f", b.upper()) + "]",
                number("%.1f", b.margin()),
                verdict);
    }

    private static String number(String format, double fraction) {
        return Double.isNaN(fraction) ? "-" : String.format(Locale.ROOT, format, fraction * POINTS);
    }

    private static String padded(String text, int width, boolean left) {
        String space = " ".repeat(width - text.length());
        return left ? text + space : space + text;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("|", "\\|")
                .replace('\n', ' ');
    }
}
