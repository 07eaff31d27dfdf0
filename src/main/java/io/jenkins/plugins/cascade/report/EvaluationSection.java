package io.jenkins.plugins.cascade.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a stage's model answered the benchmarks: score with length, truncated answers and items that the infrastructure could not score,
 * because a change of length explains many a change of score. Names of the metrics: {@code eval/BENCHMARK}, and below it
 * {@code /length}, {@code /truncated}, {@code /errors}.
 */
final class EvaluationSection {
    private static final String PREFIX = "eval/";

    private EvaluationSection() {}

    /**
     * A table, or nothing where nothing was evaluated.
     *
     * @param metrics last value of each metric of the evaluation
     * @param before the same of the parent stage, empty where there is none
     */
    static List<Markup> of(StageRecord stage, Map<String, Double> metrics, Map<String, Double> before) {
        Set<String> benchmarks = ScorePoint.benchmarks(List.of(stage));
        if (benchmarks.isEmpty()) {
            return List.of();
        }
        Markup head = Markup.of("tr").add(heading("Benchmark", ""));
        for (String name :
                List.of("Score", "Items × samples", "Answer length", "Length before", "Truncated", "Not scored")) {
            head.add(heading(name, "num"));
        }
        Markup body = Markup.of("tbody");
        benchmarks.stream()
                .limit(ScoreSection.MOST)
                .forEach(name -> body.add(row(name, stage.scores().get(name), metrics, before)));
        Markup table =
                Markup.of("table", "cards").add(Markup.of("thead").add(head)).add(body);
        List<Markup> parts = new ArrayList<>();
        parts.add(Markup.text("h3", "Evaluation"));
        parts.add(Markup.of("div", "scroll").add(table));
        parts.add(Markup.text(
                        "p",
                        "Mean score ± standard error in %, answer length in tokens, truncated answers in %, "
                                + "items that the infrastructure could not score.")
                .attr("class", "note"));
        return parts;
    }

    private static Markup row(
            String name, ScoreSummary score, Map<String, Double> metrics, Map<String, Double> before) {
        String error = Scale.fits(score.standardError()) ? " ± " + Figures.percent(score.standardError()) : "";
        String length = PREFIX + name + "/length";
        return Markup.of("tr")
                .add(Markup.text("th", name).attr("scope", "row"))
                .add(cell("Score", Figures.percent(score.mean()) + error))
                .add(cell("Items × samples", score.items() + " × " + score.samples()))
                .add(cell("Answer length", Figures.value(metrics.getOrDefault(length, Double.NaN))))
                .add(cell("Length before", Figures.value(before.getOrDefault(length, Double.NaN))))
                .add(cell("Truncated", Figures.percent(metrics.getOrDefault(PREFIX + name + "/truncated", Double.NaN))))
                .add(cell("Not scored", Figures.value(metrics.getOrDefault(PREFIX + name + "/errors", Double.NaN))));
    }

    private static Markup heading(String text, String styleClass) {
        return Markup.text("th", text).attr("scope", "col").attr("class", styleClass);
    }

    private static Markup cell(String label, String text) {
        return Markup.of("td", "num").attr("data-label", label).text(text);
    }
}
