package io.jenkins.plugins.cascade.report;

import io.jenkins.plugins.cascade.gate.GateVerdict;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * The trend of a job's benchmarks over its builds, as a part of a page that brings {@link HtmlReport#style()}. Addresses of builds come
 * from the caller; whatever stands in a record is escaped.
 */
public final class TrendReport {
    /** Most benchmarks that are drawn where the trend stands on another page. */
    public static final int FEW = 6;

    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_PROBLEM = 300;

    private TrendReport() {}

    /**
     * The panels of the first {@link #FEW} benchmarks, for a job's page; empty where no build has a score.
     *
     * @param href address of a build's page by its number
     */
    public static String overview(Trend trend, IntFunction<String> href) {
        if (trend.benchmarks().isEmpty()) {
            return "";
        }
        Markup part = Markup.of("div", "cascade-report");
        part.add(legend(trend)).add(panels(trend, FEW, href));
        return part.toString();
    }

    /**
     * Everything: panels of all benchmarks and a table of the builds.
     *
     * @param href address of a build's page by its number
     */
    public static String body(Trend trend, IntFunction<String> href) {
        return Markup.of("main", "cascade-report").add(section(trend, href)).toString();
    }

    /** The same as a section of a report. */
    static Markup section(Trend trend, IntFunction<String> href) {
        Markup section = Markup.of("section").attr("id", "trend").add(Markup.text("h2", "Trend over builds"));
        if (trend.builds().isEmpty()) {
            return section.add(
                    Markup.text("p", "No build has a record of a cascade yet.").attr("class", "note"));
        }
        if (!trend.benchmarks().isEmpty()) {
            section.add(legend(trend)).add(panels(trend, ScoreSection.MOST, href));
        }
        return section.add(table(trend, href));
    }

    private static Markup panels(Trend trend, int most, IntFunction<String> href) {
        Markup panels = Markup.of("div", "panels");
        IntFunction<String> byPlace =
                place -> href.apply(trend.builds().get(place).number());
        trend.benchmarks().stream()
                .limit(most)
                .forEach(name -> panels.add(Markup.of("figure").add(TrendChart.panel(name, trend, byPlace))));
        return panels;
    }

    private static Markup legend(Trend trend) {
        Markup legend = Markup.of("p", "note legend")
                .text("Mean score of each build's last checkpoint in %, 95 % intervals. "
                        + "Every panel has its own axis, which does not start at 0. ");
        List<BuildSummary> builds = trend.builds();
        if (builds.stream().anyMatch(build -> build.readable() && !build.endedWell())) {
            legend.text("Dotted: the build runs or did not end well, nothing went on from it. ");
        }
        if (trend.champion().isPresent()) {
            legend.add(TrendChart.badge("champion: the last successful build that its final gate passed"))
                    .text(" ");
        }
        Set<Tone> tones = EnumSet.noneOf(Tone.class);
        for (String benchmark : trend.benchmarks()) {
            trend.over(benchmark).stream().filter(ScorePoint::drawn).forEach(point -> tones.add(point.tone()));
        }
        tones.forEach(
                tone -> legend.add(tone.badge(ScoreSection.MEANING.get(tone))).text(" "));
        return legend;
    }

    private static Markup table(Trend trend, IntFunction<String> href) {
        List<String> benchmarks =
                trend.benchmarks().stream().limit(ScoreSection.MOST).toList();
        Markup head = Markup.of("tr");
        for (String name : List.of("Build", "Started", "Result", "Last gate", "Checkpoint of")) {
            head.add(Markup.text("th", name).attr("scope", "col"));
        }
        for (String name : benchmarks) {
            head.add(Markup.text("th", PlainText.cut(name, LONGEST_NAME))
                    .attr("scope", "col")
                    .attr("class", "num"));
        }
        Markup body = Markup.of("tbody");
        OptionalInt champion = trend.championNumber();
        for (int i = trend.builds().size() - 1; i >= 0; i--) {
            BuildSummary build = trend.builds().get(i);
            boolean best = champion.isPresent() && champion.getAsInt() == build.number();
            body.add(build.readable() ? row(build, best, benchmarks, href) : unreadable(build, benchmarks, href));
        }
        Markup table =
                Markup.of("table", "cards").add(Markup.of("thead").add(head)).add(body);
        return Markup.of("div", "scroll").add(table);
    }

    private static Markup row(BuildSummary build, boolean best, List<String> benchmarks, IntFunction<String> href) {
        Markup name = name(build, href);
        if (best) {
            name.text(" ").add(TrendChart.badge("champion"));
        }
        Markup row = Markup.of("tr")
                .add(name)
                .add(cell("Started", HtmlReport.time(build.startedAt())).attr("class", "wide"))
                .add(Markup.of("td").attr("data-label", "Result").add(result(build.result())))
                .add(Markup.of("td").attr("data-label", "Last gate").add(verdict(build.verdict())))
                .add(cell(
                        "Checkpoint of",
                        build.stage() == null ? Figures.NONE : PlainText.cut(build.stage(), LONGEST_NAME)));
        for (String benchmark : benchmarks) {
            ScoreSummary score = build.scores().get(benchmark);
            row.add(cell(
                            PlainText.cut(benchmark, LONGEST_NAME),
                            score == null ? Figures.NONE : Figures.percent(score.mean()))
                    .attr("class", "num"));
        }
        return row;
    }

    private static Markup unreadable(BuildSummary build, List<String> benchmarks, IntFunction<String> href) {
        Markup reason = Markup.of("td", "wide unread").attr("colspan", Integer.toString(4 + benchmarks.size()));
        reason.add(Tone.BROKEN.badge("cannot be read"))
                .add(Markup.text("span", " " + PlainText.cut(build.problem(), LONGEST_PROBLEM))
                        .attr("class", "muted"));
        return Markup.of("tr").add(name(build, href)).add(reason);
    }

    private static Markup name(BuildSummary build, IntFunction<String> href) {
        Markup link = Markup.text("a", "#" + build.number()).attr("href", href.apply(build.number()));
        return Markup.of("th").attr("scope", "row").add(link);
    }

    private static Markup result(String result) {
        if (result == null) {
            return Tone.PLAIN.badge("Not ended");
        }
        return switch (result) {
            case "SUCCESS" -> Tone.GOOD.badge("Success");
            case "UNSTABLE" -> Tone.UNSURE.badge("Unstable");
            case "ABORTED" -> Tone.UNSURE.badge("Aborted");
            default -> Tone.BAD.badge("Failure");
        };
    }

    private static Markup verdict(GateVerdict verdict) {
        return verdict == null
                ? Markup.text("span", Figures.NONE)
                : Tone.of(verdict).badge(verdict.name());
    }

    private static Markup cell(String label, String text) {
        return Markup.of("td").attr("data-label", label).text(text);
    }
}
