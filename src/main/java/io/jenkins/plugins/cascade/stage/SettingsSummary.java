package io.jenkins.plugins.cascade.stage;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.EvaluateSettings;
import io.jenkins.plugins.cascade.recipe.Presets;
import io.jenkins.plugins.cascade.recipe.StageSettings;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** The effective settings of a stage, what differs from the paper first. */
final class SettingsSummary {
    private static final int WIDTH = 140;

    private SettingsSummary() {}

    /** Settings as flat names and values, as MLflow shows them. */
    static SortedMap<String, String> flat(StageSettings settings) {
        JsonNode tree = CanonicalJson.MAPPER.valueToTree(settings);
        SortedMap<String, String> flat = FlatJson.of(tree);
        flat.remove("kind");
        return flat;
    }

    /** Lines for the log: the values of this stage, those of the paper in parentheses where they differ. */
    static List<String> lines(StageSpec spec) {
        SortedMap<String, String> paper = flat(paper(spec));
        List<String> differing = new ArrayList<>();
        List<String> same = new ArrayList<>();
        flat(spec.settings()).forEach((name, value) -> {
            String label = name.replace("policy.", "").replace("optimizer.", "").replace("sampling.", "");
            if (value.equals(paper.get(name))) {
                same.add(label + " " + value);
            } else {
                differing.add(label + " " + value + " (paper " + paper.getOrDefault(name, "none") + ")");
            }
        });
        List<String> lines = new ArrayList<>(wrapped("settings: ", differing));
        lines.addAll(wrapped("as in the paper: ", same));
        return lines;
    }

    private static StageSettings paper(StageSpec spec) {
        return switch (spec.kind()) {
            case EVALUATE -> new EvaluateSettings();
            case SFT -> Presets.sft();
            case RLHF -> Presets.rlhf();
            case RLVR -> Presets.rlvr(spec.domain());
        };
    }

    private static List<String> wrapped(String title, List<String> words) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(title);
        for (String word : words) {
            if (line.length() + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(title.length()));
            }
            line.append(word).append(", ");
        }
        if (!words.isEmpty()) {
            lines.add(line.substring(0, line.length() - 2));
        }
        return lines;
    }
}
