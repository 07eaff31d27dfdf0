package io.jenkins.plugins.cascade.stage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cascade.gate.BenchmarkDecision;
import io.jenkins.plugins.cascade.gate.GateDecision;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A gate's decision as a Markdown table for a pull request. Scores and differences are in points. */
public final class GateMarkdown {
    private static final double POINTS = 100;
    private static final List<String> HEAD =
            List.of("benchmark", "before", "after", "difference", "bounds", "margin", "verdict");

    private GateMarkdown() {}

    /** The table; empty where there is no decision. Names are escaped, because they come from files. */
    public static String of(@CheckForNull GateDecision decision) {
        if (decision == null) {
            return "";
        }
        StringBuilder text = new StringBuilder("**")
                .append(decision.verdict())
                .append("**: ")
                .append(escaped(decision.summarySentence()))
                .append("\n\n")
                .append(line(HEAD))
                .append("| --- ")
                .append("| ---: ".repeat(HEAD.size() - 1))
                .append("|\n");
        decision.benchmarks().forEach(benchmark -> text.append(line(row(benchmark))));
        return text.toString();
    }

    private static String line(List<String> cells) {
        return cells.stream().map(GateMarkdown::escaped).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static List<String> row(BenchmarkDecision b) {
        String verdict = b.verdict() + (b.decides() ? "" : " (watched)") + (b.warning() ? " (drop shown)" : "");
        return List.of(
                b.benchmark(),
                number("%.1f", b.baseline()),
                number("%.1f", b.candidate()),
                number("%+.1f", b.difference()),
                number("%+.1f", b.lower()) + " to " + number("%+.1f", b.upper()),
                number("%.1f", b.margin()),
                verdict);
    }

    private static String number(String format, double fraction) {
        return Double.isNaN(fraction) ? "-" : String.format(Locale.ROOT, format, fraction * POINTS);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("|", "\\|")
                .replaceAll("\\p{Cntrl}", " ");
    }
}
