package io.jenkins.plugins.cascade.report;

import io.jenkins.plugins.cascade.gate.BenchmarkDecision;
import io.jenkins.plugins.cascade.gate.Debt;
import io.jenkins.plugins.cascade.gate.FurtherDecision;
import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.gate.GateVerdict;
import java.util.List;

/** A gate's decision as a table with one interval a row, and the trade-offs that are owed. */
final class GateSection {
    private static final String NUMBER = "num";

    private GateSection() {}

    /** The decision; {@code title} says what was compared with what, {@code lead} what stands above it and need not be repeated. */
    static Markup of(String title, String lead, GateDecision decision) {
        Markup section = Markup.of("div", "gate");
        Markup heading = Markup.text("h3", title).text(" ");
        section.add(
                heading.add(Tone.of(decision.verdict()).badge(decision.verdict().name())));
        if (!decision.summarySentence().equals(lead)) {
            section.add(Markup.text("p", decision.summarySentence()));
        }
        addComparison(section, decision);
        for (FurtherDecision other : decision.further()) {
            GateDecision its = other.decision();
            Markup against = Markup.text("h4", "Against " + other.baseline()).text(" ");
            section.add(against.add(Tone.of(its.verdict()).badge(its.verdict().name())));
            addComparison(section, its);
        }
        if (!decision.debts().isEmpty()) {
            section.add(debts(decision.debts()));
        }
        return section;
    }

    private static void addComparison(Markup section, GateDecision decision) {
        if (!decision.benchmarks().isEmpty()) {
            section.add(table(decision));
            section.add(Markup.text("p", legend(decision)).attr("class", "note"));
        }
        if (decision.pooled() != null && !decision.pooled().sentence().isBlank()) {
            section.add(Markup.text("p", decision.pooled().sentence()).attr("class", "note"));
        }
    }

    private static Markup table(GateDecision decision) {
        ForestPlot plot = ForestPlot.of(decision);
        String bounds = GateRow.boundsHeading(decision.look());
        Markup head = Markup.of("tr").add(heading("Benchmark", ""));
        for (String name : List.of("Baseline", "Candidate", "Difference", bounds)) {
            head.add(heading(name, NUMBER));
        }
        head.add(Markup.of("th", "plot").attr("scope", "col").add(plot.axis()));
        head.add(heading("Margin", NUMBER)).add(heading("SE/margin", NUMBER)).add(heading("Verdict", ""));
        Markup body = Markup.of("tbody");
        for (BenchmarkDecision row : decision.benchmarks()) {
            body.add(row(row, plot, bounds));
            if (GateRow.isFinding(row)) {
                Markup cell = Markup.of("td").attr("colspan", "9").text(row.sentence());
                body.add(Markup.of("tr", "finding").add(cell));
            }
        }
        Markup table = Markup.of("table", "gates cards")
                .add(Markup.of("thead").add(head))
                .add(body);
        return Markup.of("div", "scroll").add(table);
    }

    private static Markup row(BenchmarkDecision row, ForestPlot plot, String bounds) {
        GateRow text = GateRow.of(row);
        Markup verdict = Markup.of("td").attr("data-label", "Verdict");
        verdict.add(Tone.of(row.verdict()).badge(text.verdict()));
        if (row.warning() && row.verdict() != GateVerdict.REGRESSED) {
            verdict.add(Markup.text("span", "drop shown").attr("class", "warn"));
        }
        return Markup.of("tr")
                .add(Markup.text("th", text.benchmark()).attr("scope", "row"))
                .add(cell("Baseline", text.baseline()))
                .add(cell("Candidate", text.candidate()))
                .add(cell("Difference", text.difference()))
                .add(cell(bounds, text.bounds()))
                .add(Markup.of("td", "plot").add(plot.row(row)))
                .add(cell("Margin", text.limit()))
                .add(cell("SE/margin", text.resolution()))
                .add(verdict);
    }

    private static Markup debts(List<Debt> debts) {
        Markup list = Markup.of("ul", "debts");
        for (Debt debt : debts) {
            String text = debt.benchmark() + " lost " + Figures.percent(debt.drop()) + " points in " + debt.openedBy()
                    + ", to be recovered by " + debt.recoverBy() + ". Reason: " + debt.reason();
            Tone tone = debt.blocksRelease() ? Tone.UNSURE : Tone.GOOD;
            list.add(Markup.of("li").add(tone.badge(debt.status().name())).text(" " + text));
        }
        return Markup.of("div").add(Markup.text("h4", "Trade-offs")).add(list);
    }

    private static String legend(GateDecision decision) {
        return "Scores in %, differences and margins in percentage points. Bounds are one-sided at "
                + Figures.level(decision.look().alpha())
                + ". Dashed: the limit that the lower bound must not cross; shaded: beyond it. A benchmark whose SE/margin is above 0.4 cannot decide.";
    }

    private static Markup heading(String text, String styleClass) {
        return Markup.text("th", text).attr("scope", "col").attr("class", styleClass);
    }

    private static Markup cell(String label, String text) {
        return Markup.of("td", NUMBER).attr("data-label", label).text(text);
    }
}
