package io.jenkins.plugins.cascade.report;

import io.jenkins.plugins.cascade.gate.BenchmarkDecision;
import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.gate.GateVerdict;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A cascade in a few lines, one a stage or gate: its name, how it came out, the difference that matters most with its bounds. */
final class StageLines {
    private static final int MOST = 30;
    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_MESSAGE = 200;
    private static final List<GateVerdict> WORST_FIRST =
            List.of(GateVerdict.ERROR, GateVerdict.REGRESSED, GateVerdict.INCONCLUSIVE, GateVerdict.PASS);

    private StageLines() {}

    static Markup of(CascadeRecord cascade) {
        Markup list = Markup.of("ul", "lines");
        cascade.stages().stream().limit(MOST).forEach(stage -> list.add(stage(stage)));
        cascade.gates().stream().limit(MOST).forEach(gate -> list.add(gate(gate)));
        int more = Math.max(0, cascade.stages().size() - MOST)
                + Math.max(0, cascade.gates().size() - MOST);
        if (more > 0) {
            list.add(Markup.text("li", "… and " + more + " more").attr("class", "muted"));
        }
        return list;
    }

    private static Markup stage(StageRecord stage) {
        Markup line = line(stage.name(), stage.status());
        if (stage.gate() == null) {
            String note = stage.message().isBlank() ? StageTable.kind(stage) : stage.message();
            line.add(muted(PlainText.cut(note, LONGEST_MESSAGE)));
        } else {
            decision(line, stage.gate(), stage.message());
        }
        if (stage.reused()) {
            line.add(muted("reused"));
        }
        if (stage.mlflowUrl() != null && SettingsSection.isWeb(stage.mlflowUrl())) {
            line.text(" ").add(SettingsSection.link(stage.mlflowUrl(), "MLflow run"));
        }
        return line;
    }

    private static Markup gate(GateRecord gate) {
        String name = gate.name() + ": " + gate.candidate() + " against " + gate.baseline();
        return decision(line(name, gate.status()), gate.gate(), gate.message());
    }

    private static Markup line(String name, StageRecord.Status status) {
        return Markup.of("li")
                .add(Markup.text("b", PlainText.cut(name, LONGEST_NAME)))
                .text(" ")
                .add(Tone.of(status).badge(Headline.word(status)));
    }

    private static Markup decision(Markup line, GateDecision decision, String message) {
        Optional<BenchmarkDecision> main = mainDifference(decision);
        if (main.isEmpty()) {
            String why = message.isBlank() ? decision.summarySentence() : message;
            return line.add(muted(PlainText.cut(why, LONGEST_MESSAGE)));
        }
        BenchmarkDecision row = main.get();
        String text = PlainText.cut(row.benchmark(), LONGEST_NAME) + " " + Figures.points(row.difference()) + " points";
        line.text(" ").add(Markup.text("span", text));
        line.add(muted("[" + Figures.points(row.lower()) + ", " + Figures.points(row.upper()) + "]"));
        return row.verdict() == GateVerdict.PASS
                ? line
                : line.add(muted(row.verdict().name()));
    }

    /** Of the benchmarks with the worst verdict the one that changed most. */
    private static Optional<BenchmarkDecision> mainDifference(GateDecision decision) {
        return decision.benchmarks().stream()
                .filter(row -> row.decides() && Scale.fits(row.lower()) && Scale.fits(row.upper()))
                .min(Comparator.comparingInt((BenchmarkDecision row) -> WORST_FIRST.indexOf(row.verdict()))
                        .thenComparing(row -> -Math.abs(row.difference())));
    }

    private static Markup muted(String text) {
        return Markup.text("span", " " + text).attr("class", "muted");
    }
}
