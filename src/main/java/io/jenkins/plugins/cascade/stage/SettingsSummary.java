package io.jenkins.plugins.cascade.stage;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.EvaluateSettings;
import io.jenkins.plugins.cascade.recipe.PaperModel;
import io.jenkins.plugins.cascade.recipe.Presets;
import io.jenkins.plugins.cascade.recipe.StageSettings;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
        SortedMap<String, String> paper = nearest(spec);
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

    /** The settings of that model of the paper which most of the stage's are equal to. */
    private static SortedMap<String, String> nearest(StageSpec spec) {
        SortedMap<String, String> settings = flat(spec.settings());
        return Arrays.stream(PaperModel.values())
                .map(model -> flat(paper(model, spec)))
                .max(Comparator.comparingInt(paper -> equal(settings, paper)))
                .orElseThrow();
    }

    private static int equal(SortedMap<String, String> settings, SortedMap<String, String> paper) {
        int count = 0;
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            count += setting.getValue().equals(paper.get(setting.getKey())) ? 1 : 0;
        }
        return count;
    }

    private static StageSettings paper(PaperModel model, StageSpec spec) {
        return switch (spec.kind()) {
            case EVALUATE -> new EvaluateSettings();
            case SFT -> Presets.sft(model);
            case RLHF -> Presets.rlhf(model);
            case RLVR -> Presets.rlvr(model, spec.domain());
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
