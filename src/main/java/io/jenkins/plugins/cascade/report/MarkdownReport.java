package io.jenkins.plugins.cascade.report;

import io.jenkins.plugins.cascade.gate.Debt;
import io.jenkins.plugins.cascade.gate.FurtherDecision;
import io.jenkins.plugins.cascade.gate.GateDecision;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A stage or a whole cascade in GitHub-flavoured Markdown, for a pull request's check. What users or models wrote is escaped. */
public final class MarkdownReport {
    /** Keeps a mention or a reference to an issue from being taken for one after the page is rendered. */
    private static final char ZERO_WIDTH_SPACE = '\u200B';

    private static final String SPECIAL = "\\`*_{}[]!|~$";

    private MarkdownReport() {}

    /** A stage: its outcome with the reason in the first line, then the gate's table or the scores. */
    public static String stage(StageRecord stage) {
        StringBuilder out = new StringBuilder();
        String reason = Headline.reason(stage);
        out.append("**")
                .append(Headline.word(stage.status()))
                .append(": ")
                .append(escape(stage.name()))
                .append("**");
        out.append(reason.isBlank() ? "" : " " + escape(reason)).append("\n\n");
        if (stage.gate() != null) {
            out.append(gate(stage.gate()));
        } else if (!stage.scores().isEmpty()) {
            out.append(scores(List.of(stage)));
        }
        return out.toString();
    }

    /** A gate that belongs to no single stage: its outcome with the reason in the first line, then its table. */
    public static String comparison(GateRecord gate) {
        String what = gate.name() + " (" + gate.candidate() + " against " + gate.baseline() + ")";
        String reason = Headline.reason(gate);
        return "**" + Headline.word(gate.status()) + ": " + escape(what) + "**"
                + (reason.isBlank() ? "" : " " + escape(reason)) + "\n\n" + gate(gate.gate());
    }

    /** A whole cascade: headline, scores of all stages, then every gate. */
    public static String cascade(CascadeRecord cascade) {
        Headline headline = Headline.of(cascade);
        StringBuilder out = new StringBuilder();
        out.append("**")
                .append(headline.word())
                .append("** ")
                .append(escape(headline.sentence()))
                .append("\n\n");
        if (!cascade.stages().isEmpty()) {
            out.append(scores(cascade.stages())).append('\n');
        }
        for (StageRecord stage : cascade.stages()) {
            if (stage.gate() != null) {
                out.append("### ")
                        .append(escape(stage.name()))
                        .append("\n\n")
                        .append(gate(stage.gate()))
                        .append('\n');
            }
        }
        for (GateRecord gate : cascade.gates()) {
            out.append("### ")
                    .append(escape(gate.name()))
                    .append("\n\n")
                    .append(gate(gate.gate()))
                    .append('\n');
        }
        return out.toString();
    }

    /** A gate's table, its sentences where something did not pass, and the trade-offs. */
    public static String gate(GateDecision decision) {
        StringBuilder out = new StringBuilder(comparison(decision));
        for (FurtherDecision other : decision.further()) {
            out.append("\nAgainst ").append(escape(other.baseline())).append(": **");
            out.append(other.decision().verdict()).append("**\n\n").append(comparison(other.decision()));
        }
        for (Debt debt : decision.debts()) {
            out.append("- Trade-off ").append(debt.status()).append(": ").append(escape(debt.benchmark()));
            out.append(", to be recovered by ").append(escape(debt.recoverBy())).append(". ");
            out.append(escape(debt.reason())).append('\n');
        }
        return out.toString();
    }

    private static String comparison(GateDecision decision) {
        StringBuilder out = new StringBuilder();
        if (!decision.benchmarks().isEmpty()) {
            out.append("| Benchmark | Baseline | Candidate | Difference | ")
                    .append(GateRow.boundsHeading(decision.look()))
                    .append(" | Margin | SE/margin | Verdict |\n|---|---:|---:|---:|---:|---:|---:|---|\n");
            decision.benchmarks().forEach(row -> out.append(row(GateRow.of(row))));
            List<String> chart = ForestText.lines(decision);
            if (!chart.isEmpty()) {
                out.append("\n```text\n").append(String.join("\n", chart)).append("\n```\n");
            }
            out.append("\nScores in %, differences and margins in percentage points.\n");
        }
        GateRow.findings(decision)
                .forEach(finding -> out.append("- ").append(escape(finding)).append('\n'));
        return out.toString();
    }

    private static String row(GateRow row) {
        return "| "
                + List.of(
                                row.benchmark(),
                                row.baseline(),
                                row.candidate(),
                                row.difference(),
                                row.bounds(),
                                row.limit(),
                                row.resolution(),
                                row.verdict())
                        .stream()
                        .map(MarkdownReport::escape)
                        .collect(Collectors.joining(" | "))
                + " |\n";
    }

    private static String scores(List<StageRecord> stages) {
        Set<String> benchmarks = ScorePoint.benchmarks(stages);
        StringBuilder out = new StringBuilder("| Stage |");
        benchmarks.forEach(name -> out.append(' ').append(escape(name)).append(" |"));
        out.append(" Outcome |\n|---|")
                .append("---:|".repeat(benchmarks.size()))
                .append("---|\n");
        for (StageRecord stage : stages) {
            out.append("| ").append(escape(stage.name())).append(" |");
            benchmarks.forEach(name ->
                    out.append(' ').append(score(stage.scores().get(name))).append(" |"));
            out.append(' ').append(Headline.word(stage.status())).append(" |\n");
        }
        return out.append("\nMean score ± standard error in %.\n").toString();
    }

    private static String score(ScoreSummary score) {
        if (score == null) {
            return Figures.NONE;
        }
        String error = Scale.fits(score.standardError()) ? " ± " + Figures.percent(score.standardError()) : "";
        return Figures.percent(score.mean()) + error;
    }

    /** Text that no Markdown renderer takes for markup, HTML, a mention or a web address: one line, without control characters. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '@', '#' -> out.appendCodePoint(c).append(ZERO_WIDTH_SPACE);
                case ':' -> out.append("&#58;");
                default -> {
                    if (Character.isISOControl(c)
                            || Character.getType(c) == Character.FORMAT
                            || c == 0x2028
                            || c == 0x2029) {
                        out.append(' ');
                    } else {
                        out.append(SPECIAL.indexOf(c) >= 0 ? "\\" : "").appendCodePoint(c);
                    }
                }
            }
        });
        return out.toString();
    }
}
