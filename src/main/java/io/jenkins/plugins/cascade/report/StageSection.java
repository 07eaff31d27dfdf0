package io.jenkins.plugins.cascade.report;

import io.jenkins.plugins.cascade.recipe.StageKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything about one stage: why it stands where it stands, its gate, its curves, some answers, its settings. */
final class StageSection {
    private final CascadeRecord cascade;
    private final Path workspace;
    private final Map<String, Map<String, Double>> evaluations = new HashMap<>();

    StageSection(CascadeRecord cascade, Path workspace) {
        this.cascade = cascade;
        this.workspace = workspace;
    }

    /** The stage at that place; a parent must be asked for before its children. */
    Markup of(int index) {
        StageRecord stage = cascade.stages().get(index);
        Markup heading =
                Markup.of("h2").add(Markup.text("span", (index + 1) + " ").attr("class", "muted place"));
        heading.text(stage.name() + " ");
        heading.add(Tone.of(stage.status()).badge(Headline.word(stage.status())));
        Markup section =
                Markup.of("section", "stage").attr("id", "stage-" + (index + 1)).add(heading);
        String lead = Headline.lead(stage.message(), stage.gate());
        if (!lead.isBlank()) {
            section.add(Markup.text("p", lead)
                    .attr("class", "lead cc-text-" + Headline.tone(stage).styleClass()));
        }
        Markup facts = Markup.text("p", facts(stage)).attr("class", "muted");
        if (stage.mlflowUrl() != null) {
            facts.text(" · ").add(SettingsSection.link(stage.mlflowUrl(), "MLflow run"));
        }
        section.add(facts);
        if (stage.gate() != null) {
            section.add(GateSection.of("Gate against " + against(stage), lead, stage.gate()));
        }
        return section.add(events(stage)).add(answers(stage)).add(SettingsSection.of(stage));
    }

    private String facts(StageRecord stage) {
        StringBuilder facts = new StringBuilder(StageTable.kind(stage));
        facts.append(stage.parent() == null ? "" : " · from " + stage.parent());
        if (stage.kind() == StageKind.EVALUATE && stage.evaluateSeconds() > 0) {
            facts.append(" · evaluated ").append(Figures.duration(stage.evaluateSeconds()));
        }
        if (stage.trainSeconds() > 0) {
            facts.append(" · trained ").append(Figures.duration(stage.trainSeconds()));
        }
        if (stage.trainedTokens() > 0) {
            facts.append(", ").append(Figures.count(stage.trainedTokens())).append(" tokens");
        }
        if (stage.sampledTokens() > 0) {
            facts.append(" · sampled ")
                    .append(Figures.count(stage.sampledTokens()))
                    .append(" tokens");
        }
        if (stage.reused()) {
            facts.append(" · reused");
        }
        return facts.toString();
    }

    private static String against(StageRecord stage) {
        if ("parent".equals(stage.baseline()) && stage.parent() != null) {
            return "its parent " + stage.parent();
        }
        return stage.baseline() == null ? "its baseline" : "the " + stage.baseline();
    }

    private List<Markup> events(StageRecord stage) {
        Map<String, Double> before = evaluations.getOrDefault(stage.parent(), Map.of());
        List<Markup> parts = new ArrayList<>();
        try {
            Curves curves = Curves.of(stage, workspace);
            evaluations.put(stage.name(), curves.evaluation());
            parts.add(CurveSection.of(curves));
            parts.addAll(EvaluationSection.of(stage, curves.evaluation(), before));
        } catch (IOException e) {
            parts.add(Unread.failed("The training events could not be read: " + e.getMessage()));
            parts.addAll(EvaluationSection.of(stage, Map.of(), before));
        }
        return parts;
    }

    private List<Markup> answers(StageRecord stage) {
        try {
            StageRecord parent = stage.parent() == null
                    ? null
                    : cascade.stage(stage.parent()).orElse(null);
            return AnswerSection.of(
                    Answers.of(stage, workspace), parent == null ? null : Answers.of(parent, workspace));
        } catch (IOException e) {
            return List.of(Unread.failed("The sample answers could not be read: " + e.getMessage()));
        }
    }
}
