package io.jenkins.plugins.cascade.report;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The scores of all stages: a panel for each benchmark, and the same numbers as a table. */
final class ScoreSection {
    /** Most benchmarks that a report shows. */
    static final int MOST = 60;

    static final Map<Tone, String> MEANING = Map.of(
            Tone.PLAIN, "not judged here",
            Tone.GOOD, "passed the gate",
            Tone.BAD, "loss beyond the margin shown",
            Tone.UNSURE, "not decided",
            Tone.BROKEN, "could not be compared");

    private ScoreSection() {}

    static Markup of(CascadeRecord cascade) {
        Markup section = Markup.of("section").attr("id", "scores").add(Markup.text("h2", "Scores after each stage"));
        Set<String> all = ScorePoint.benchmarks(cascade.stages());
        List<String> benchmarks = all.stream().limit(MOST).toList();
        if (benchmarks.isEmpty()) {
            return section.add(
                    Markup.text("p", "No benchmark has been evaluated yet.").attr("class", "note"));
        }
        Markup panels = Markup.of("div", "panels");
        Set<Tone> tones = EnumSet.noneOf(Tone.class);
        for (String benchmark : benchmarks) {
            List<ScorePoint> points = ScorePoint.over(cascade.stages(), benchmark);
            points.stream().filter(ScorePoint::drawn).forEach(point -> tones.add(point.tone()));
            panels.add(Markup.of("figure").add(ScoreChart.panel(benchmark, points)));
        }
        section.add(legend(cascade, tones)).add(panels).add(table(cascade.stages(), benchmarks));
        if (all.size() > MOST) {
            String note = "Only the first " + MOST + " of " + all.size() + " benchmarks are shown.";
            section.add(Markup.text("p", note).attr("class", "note"));
        }
        return section;
    }

    private static Markup legend(CascadeRecord cascade, Set<Tone> tones) {
        Markup legend = Markup.of("p", "note legend")
                .text(
                        "Mean score in %, whiskers: 95 % interval. Every panel has its own axis, which does not start at 0. ");
        if (cascade.stages().size() > ScoreChart.FEW) {
            legend.text("Stages are numbered as in the table below. ");
        }
        if (cascade.stages().stream().anyMatch(ScorePoint::isDeadEnd)) {
            legend.text("Dotted: the cascade did not go on from there. ");
        }
        tones.forEach(tone -> legend.add(tone.badge(MEANING.get(tone))).text(" "));
        return legend;
    }

    private static Markup table(List<StageRecord> stages, List<String> benchmarks) {
        Markup head = Markup.of("tr").add(Markup.text("th", "Stage").attr("scope", "col"));
        benchmarks.forEach(
                name -> head.add(Markup.text("th", name).attr("scope", "col").attr("class", "num")));
        Markup body = Markup.of("tbody");
        for (StageRecord stage : stages) {
            Markup row = Markup.of("tr").add(Markup.text("th", stage.name()).attr("scope", "row"));
            benchmarks.forEach(name -> row.add(cell(stage.scores().get(name))));
            body.add(row);
        }
        Markup table = Markup.of("table").add(Markup.of("thead").add(head)).add(body);
        return Markup.of("details")
                .add(Markup.text("summary", "The same as a table"))
                .add(Markup.of("div", "scroll").add(table))
                .add(Markup.text("p", "Mean ± standard error, in %.").attr("class", "note"));
    }

    private static Markup cell(ScoreSummary score) {
        Markup cell = Markup.of("td", "num");
        if (score == null) {
            return cell.text(Figures.NONE);
        }
        cell.text(Figures.percent(score.mean()));
        if (Scale.fits(score.standardError())) {
            cell.add(Markup.text("span", " ± " + Figures.percent(score.standardError()))
                    .attr("class", "muted"));
        }
        return cell;
    }
}
