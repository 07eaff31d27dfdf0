package io.jenkins.plugins.cascade.report;

import io.jenkins.plugins.cascade.gate.BenchmarkDecision;
import io.jenkins.plugins.cascade.gate.Debt;
import io.jenkins.plugins.cascade.gate.FurtherDecision;
import io.jenkins.plugins.cascade.gate.GateDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A gate's table and a cascade's last table for a terminal or a log. Without colour there is not one control character in it, so it can be
 * piped; with colour the verdicts are in ANSI colours.
 */
public final class ConsoleReport {
    /** Widest table that is not turned, in characters. */
    private static final int WIDEST = 110;

    private static final String RESET = "\u001B[0m";

    private final boolean colour;

    /** A report; {@code colour} asks for ANSI colours and is for a terminal only. */
    public ConsoleReport(boolean colour) {
        this.colour = colour;
    }

    /**
     * The gate's table.
     *
     * @param title what was compared with what, for example {@code Gate: math against sft}
     * @return lines without line ends
     */
    public List<String> gate(String title, GateDecision decision) {
        List<String> lines = new ArrayList<>();
        lines.add(PlainText.line(title) + ": " + painted(decision.verdict().name(), Tone.of(decision.verdict())));
        lines.addAll(comparison(decision));
        for (FurtherDecision other : decision.further()) {
            String verdict = painted(
                    other.decision().verdict().name(), Tone.of(other.decision().verdict()));
            lines.add("against " + PlainText.line(other.baseline()) + ": " + verdict);
            lines.addAll(comparison(other.decision()));
        }
        for (Debt debt : decision.debts()) {
            lines.add("  Trade-off " + debt.status() + ": " + PlainText.line(debt.benchmark()) + ", to be recovered by "
                    + PlainText.line(debt.recoverBy()) + " (" + PlainText.line(debt.reason()) + ")");
        }
        lines.add(PlainText.line(decision.summarySentence()));
        return lines;
    }

    /**
     * Stages by benchmarks with scores in per cent, then what the cascade came to.
     *
     * @return lines without line ends
     */
    public List<String> summary(CascadeRecord cascade) {
        List<String> lines = new ArrayList<>();
        if (!cascade.stages().isEmpty()) {
            lines.addAll(scores(cascade.stages()));
            lines.add("");
        }
        Headline headline = Headline.of(cascade);
        lines.add(painted(headline.word(), headline.tone()) + ": " + PlainText.line(headline.sentence()));
        return lines;
    }

    private List<String> comparison(GateDecision decision) {
        List<String> lines = new ArrayList<>();
        if (!decision.benchmarks().isEmpty()) {
            lines.addAll(table(decision));
        }
        GateRow.findings(decision).forEach(finding -> lines.add("  " + PlainText.line(finding)));
        return lines;
    }

    private List<String> table(GateDecision decision) {
        TextTable table = TextTable.of("lrrrrrrl")
                .row(List.of(
                        "benchmark",
                        "baseline",
                        "candidate",
                        "difference",
                        GateRow.boundsHeading(decision.look()),
                        "margin",
                        "SE/margin",
                        "verdict"));
        for (BenchmarkDecision benchmark : decision.benchmarks()) {
            GateRow row = GateRow.of(benchmark);
            table.row(List.of(
                    row.benchmark(),
                    row.baseline(),
                    row.candidate(),
                    row.difference(),
                    row.bounds(),
                    row.limit(),
                    row.resolution(),
                    row.verdict()));
        }
        List<String> lines = new ArrayList<>(table.lines());
        for (int i = 0; i < decision.benchmarks().size(); i++) {
            BenchmarkDecision benchmark = decision.benchmarks().get(i);
            String verdict = GateRow.of(benchmark).verdict();
            String line = lines.get(i + 1);
            int start = line.length() - verdict.length();
            lines.set(i + 1, line.substring(0, start) + painted(verdict, Tone.of(benchmark.verdict())));
        }
        return lines;
    }

    /** Stages down and benchmarks across; where that is too wide for a terminal, benchmarks down and stages across. */
    private static List<String> scores(List<StageRecord> stages) {
        List<String> lines = byStage(stages);
        boolean wide = lines.stream().anyMatch(line -> line.length() > WIDEST);
        return wide ? byBenchmark(stages) : lines;
    }

    private static List<String> byStage(List<StageRecord> stages) {
        Set<String> benchmarks = ScorePoint.benchmarks(stages);
        TextTable table = TextTable.of("l" + "r".repeat(benchmarks.size()) + "rl");
        List<String> heading = new ArrayList<>(List.of("stage"));
        heading.addAll(benchmarks);
        heading.addAll(List.of("time", "outcome"));
        table.row(heading);
        for (StageRecord stage : stages) {
            List<String> cells = new ArrayList<>(List.of(stage.name()));
            benchmarks.forEach(name -> cells.add(score(stage.scores().get(name))));
            cells.addAll(List.of(time(stage), outcome(stage)));
            table.row(cells);
        }
        return table.lines();
    }

    private static List<String> byBenchmark(List<StageRecord> stages) {
        TextTable table = TextTable.of("l" + "r".repeat(stages.size()));
        table.row(across("benchmark", stages, StageRecord::name));
        for (String name : ScorePoint.benchmarks(stages)) {
            table.row(across(name, stages, stage -> score(stage.scores().get(name))));
        }
        table.row(across("time", stages, ConsoleReport::time));
        table.row(across("outcome", stages, ConsoleReport::outcome));
        return table.lines();
    }

    private static List<String> across(String first, List<StageRecord> stages, Function<StageRecord, String> cell) {
        List<String> cells = new ArrayList<>(List.of(first));
        stages.forEach(stage -> cells.add(cell.apply(stage)));
        return cells;
    }

    private static String time(StageRecord stage) {
        return Figures.duration(stage.trainSeconds() + stage.evaluateSeconds());
    }

    private static String outcome(StageRecord stage) {
        return Headline.word(stage.status()) + (stage.reused() ? " (reused)" : "");
    }

    private static String score(ScoreSummary score) {
        return score == null ? Figures.NONE : Figures.percent(score.mean());
    }

    private String painted(String word, Tone tone) {
        if (!colour) {
            return word;
        }
        int code =
                switch (tone) {
                    case GOOD -> 32;
                    case BAD -> 31;
                    case UNSURE -> 33;
                    case BROKEN -> 35;
                    case PLAIN -> 36;
                };
        return "\u001B[" + code + "m" + word + RESET;
    }
}
