package io.jenkins.plugins.cascade.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The training curves of a stage, those that tell most first and the others folded away. */
final class CurveSection {
    private static final int MOST_OPEN = 4;
    private static final Map<String, String> TITLES = titles();
    private static final List<String> ORDER = List.copyOf(TITLES.keySet());

    private CurveSection() {}

    static Markup of(Curves curves) {
        Markup section = Markup.of("div", "curves");
        curves.phases().forEach((phase, metrics) -> {
            if (!metrics.isEmpty()) {
                section.add(phase(phase, metrics));
            }
        });
        for (String warning : curves.warnings()) {
            section.add(Markup.of("p").add(Tone.UNSURE.badge("Warning")).text(" " + warning));
        }
        return section.add(Unread.note("of the training events", curves.left()));
    }

    private static Markup phase(String phase, SortedMap<String, Curve> metrics) {
        Markup section = Markup.of("div").add(Markup.text("h3", "Training: " + phase));
        List<String> names = ordered(metrics);
        int open =
                Math.min(MOST_OPEN, (int) names.stream().filter(ORDER::contains).count());
        open = open == 0 ? Math.min(MOST_OPEN, names.size()) : open;
        section.add(panels(names.subList(0, open), metrics));
        List<String> folded = names.subList(open, names.size());
        if (!folded.isEmpty()) {
            section.add(Markup.of("details")
                    .add(Markup.text("summary", "More curves (" + folded.size() + ")"))
                    .add(panels(folded, metrics)));
        }
        return section;
    }

    private static List<String> ordered(SortedMap<String, Curve> metrics) {
        List<String> names = new ArrayList<>(metrics.keySet());
        names.sort(Comparator.comparingInt((String name) -> ORDER.contains(name) ? ORDER.indexOf(name) : ORDER.size())
                .thenComparing(Comparator.naturalOrder()));
        return names;
    }

    private static Markup panels(List<String> names, SortedMap<String, Curve> metrics) {
        Markup panels = Markup.of("div", "panels small");
        for (String name : names) {
            String title = TITLES.getOrDefault(name, name);
            panels.add(Markup.of("figure").add(CurveChart.panel(title, metrics.get(name))));
        }
        return panels;
    }

    private static Map<String, String> titles() {
        Map<String, String> titles = new LinkedHashMap<>();
        titles.put("reward/mean", "Reward, mean");
        titles.put("rollout/length", "Answer length, tokens");
        titles.put("policy/entropy", "Entropy, nats per token");
        titles.put("rollout/truncated", "Truncated answers, share");
        titles.put("train/loss", "Loss");
        titles.put("train/accuracy", "Pairs ranked right, share");
        titles.put("train/learning_rate", "Learning rate");
        titles.put("train/grad_norm", "Gradient norm");
        return titles;
    }
}
