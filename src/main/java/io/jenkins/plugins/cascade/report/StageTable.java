package io.jenkins.plugins.cascade.report;

import io.jenkins.plugins.cascade.recipe.StageKind;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The stages at a glance: where each came from, how it ended and what it cost. */
final class StageTable {
    private static final List<String> COST = List.of("Training", "Evaluation", "Trained tokens", "Sampled tokens");

    private StageTable() {}

    static Markup of(CascadeRecord cascade) {
        Markup section = Markup.of("section").attr("id", "stages").add(Markup.text("h2", "Stages and their cost"));
        if (cascade.stages().isEmpty()) {
            return section.add(Markup.text("p", "No stage has started yet.").attr("class", "note"));
        }
        Markup head = Markup.of("tr");
        for (String name : List.of("Stage", "Kind", "From", "Outcome")) {
            head.add(Markup.text("th", name).attr("scope", "col"));
        }
        for (String name : COST) {
            head.add(Markup.text("th", name).attr("scope", "col").attr("class", "num"));
        }
        Markup body = Markup.of("tbody");
        for (int i = 0; i < cascade.stages().size(); i++) {
            body.add(row(cascade.stages().get(i), i));
        }
        Markup table = Markup.of("table", "stages cards")
                .add(Markup.of("thead").add(head))
                .add(body)
                .add(Markup.of("tfoot").add(total(cascade.stages())));
        return section.add(Markup.of("div", "scroll").add(table));
    }

    /** A stage's kind for people, for example {@code RLVR, math}. */
    static String kind(StageRecord stage) {
        if (stage.kind() == StageKind.EVALUATE) {
            return "Evaluation";
        }
        return stage.domain() == null ? stage.kind().name() : stage.kind().name() + ", " + stage.domain();
    }

    private static Markup row(StageRecord stage, int index) {
        Markup link = Markup.of("a").attr("href", "#stage-" + (index + 1)).text(stage.name());
        Markup name = Markup.of("th").attr("scope", "row");
        name.add(Markup.text("span", (index + 1) + " ").attr("class", "muted place"))
                .add(link);
        Markup outcome = Markup.of("td")
                .attr("data-label", "Outcome")
                .add(Tone.of(stage.status()).badge(Headline.word(stage.status())));
        if (stage.reused()) {
            outcome.add(Markup.text("span", "reused").attr("class", "muted tag"));
        }
        Markup row = Markup.of("tr")
                .add(name)
                .add(Markup.text("td", kind(stage)).attr("data-label", "Kind"))
                .add(Markup.text("td", stage.parent() == null ? Figures.NONE : stage.parent())
                        .attr("data-label", "From"))
                .add(outcome);
        return cost(row, List.of(stage));
    }

    private static Markup total(List<StageRecord> stages) {
        List<StageRecord> paid =
                stages.stream().filter(stage -> !stage.reused()).toList();
        String name = paid.size() == stages.size() ? "Sum" : "Sum without reused stages";
        return cost(
                Markup.of("tr").add(Markup.text("th", name).attr("scope", "row").attr("colspan", "4")), paid);
    }

    private static Markup cost(Markup row, List<StageRecord> stages) {
        boolean trained = stages.isEmpty() || stages.stream().anyMatch(stage -> stage.kind() != StageKind.EVALUATE);
        List<String> sums = List.of(
                trained ? Figures.duration(sum(stages, StageRecord::trainSeconds)) : Figures.NONE,
                Figures.duration(sum(stages, StageRecord::evaluateSeconds)),
                trained ? Figures.count(sum(stages, StageRecord::trainedTokens)) : Figures.NONE,
                trained ? Figures.count(sum(stages, StageRecord::sampledTokens)) : Figures.NONE);
        for (int i = 0; i < sums.size(); i++) {
            row.add(Markup.text("td", sums.get(i)).attr("class", "num").attr("data-label", COST.get(i)));
        }
        return row;
    }

    private static double sum(List<StageRecord> stages, ToDoubleFunction<StageRecord> cost) {
        return stages.stream().mapToDouble(cost).sum();
    }
}
