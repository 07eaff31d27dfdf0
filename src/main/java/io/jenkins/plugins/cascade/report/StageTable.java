package io.jenkins.plugins.cascade.report;

import java.util.List;

/** The stages at a glance: where each came from, how it ended and what it cost. */
final class StageTable {
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
        for (String name : List.of("Training", "Evaluation", "Trained tokens", "Sampled tokens")) {
            head.add(Markup.text("th", name).attr("scope", "col").attr("class", "num"));
        }
        Markup body = Markup.of("tbody");
        for (int i = 0; i < cascade.stages().size(); i++) {
            body.add(row(cascade.stages().get(i), i));
        }
        Markup table = Markup.of("table", "stages")
                .add(Markup.of("thead").add(head))
                .add(body)
                .add(Markup.of("tfoot").add(total(cascade.stages())));
        return section.add(Markup.of("div", "scroll").add(table));
    }

    /** A stage's kind for people, for example {@code RLVR, math}. */
    static String kind(StageRecord stage) {
        return stage.domain() == null ? stage.kind().name() : stage.kind().name() + ", " + stage.domain();
    }

    private static Markup row(StageRecord stage, int index) {
        Markup link = Markup.of("a").attr("href", "#stage-" + (index + 1)).text(stage.name());
        Markup outcome = Markup.of("td").add(Tone.of(stage.status()).badge(Headline.word(stage.status())));
        if (stage.reused()) {
            outcome.add(Markup.text("span", "reused").attr("class", "muted tag"));
        }
        return Markup.of("tr")
                .add(Markup.of("th").attr("scope", "row").add(link))
                .add(Markup.text("td", kind(stage)))
                .add(Markup.text("td", stage.parent() == null ? Figures.NONE : stage.parent()))
                .add(outcome)
                .add(number(Figures.duration(stage.trainSeconds())))
                .add(number(Figures.duration(stage.evaluateSeconds())))
                .add(number(Figures.count(stage.trainedTokens())))
                .add(number(Figures.count(stage.sampledTokens())));
    }

    private static Markup total(List<StageRecord> stages) {
        List<StageRecord> paid = stages.stream().filter(stage -> !stage.reused()).toList();
        String name = paid.size() == stages.size() ? "Sum" : "Sum without reused stages";
        return Markup.of("tr")
                .add(Markup.text("th", name).attr("scope", "row").attr("colspan", "4"))
                .add(number(Figures.duration(
                        paid.stream().mapToDouble(StageRecord::trainSeconds).sum())))
                .add(number(Figures.duration(
                        paid.stream().mapToDouble(StageRecord::evaluateSeconds).sum())))
                .add(number(Figures.count(
                        paid.stream().mapToDouble(StageRecord::trainedTokens).sum())))
                .add(number(Figures.count(
                        paid.stream().mapToDouble(StageRecord::sampledTokens).sum())));
    }

    private static Markup number(String text) {
        return Markup.text("td", text).attr("class", "num");
    }
}
