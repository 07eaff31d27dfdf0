package io.jenkins.plugins.cascade.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Where each last checkpoint of a cascade comes from: the chain of stages that led to it, one chain for every stage nobody started from. */
final class LineageSection {
    private static final int MOST_CHAINS = 20;
    private static final int LONGEST_NAME = 40;
    private static final int DIGEST = 10;
    private static final String ALGORITHM = "sha256:";

    private LineageSection() {}

    /** The chains; nothing where no stage has a parent. */
    static List<Markup> of(CascadeRecord cascade) {
        Set<String> parents = cascade.stages().stream()
                .map(StageRecord::parent)
                .filter(parent -> parent != null)
                .collect(Collectors.toSet());
        if (parents.isEmpty()) {
            return List.of();
        }
        Markup section = Markup.of("section").attr("id", "lineage").add(Markup.text("h2", "Lineage"));
        cascade.stages().stream()
                .filter(stage -> !parents.contains(stage.name()))
                .limit(MOST_CHAINS)
                .forEach(stage -> section.add(chain(cascade, stage)));
        return List.of(section.add(Markup.text(
                        "p",
                        "Each checkpoint with the beginning of its digest; data, settings and content keys stand under Provenance.")
                .attr("class", "note")));
    }

    private static Markup chain(CascadeRecord cascade, StageRecord leaf) {
        Deque<StageRecord> chain = new ArrayDeque<>();
        Set<String> seen = new HashSet<>();
        StageRecord stage = leaf;
        while (stage != null && seen.add(stage.name())) {
            chain.addFirst(stage);
            stage = stage.parent() == null
                    ? null
                    : cascade.stage(stage.parent()).orElse(null);
        }
        Markup list = Markup.of("ol", "chain");
        String start = chain.getFirst().modelDigest();
        if (start != null) {
            list.add(start(start));
        }
        chain.forEach(link -> list.add(link(cascade, link, start != null || link != chain.peekFirst())));
        return list;
    }

    private static Markup start(String digest) {
        return Markup.of("li")
                .add(Markup.of("div")
                        .add(Markup.text("span", "started from"))
                        .add(Markup.text("code", beginning(digest)).attr("class", "muted")));
    }

    private static String beginning(String digest) {
        return PlainText.cut(digest.replace(ALGORITHM, ""), DIGEST);
    }

    private static Markup link(CascadeRecord cascade, StageRecord stage, boolean follows) {
        Markup link = Markup.of("li");
        if (follows) {
            link.add(Markup.text("span", "→").attr("class", "muted").attr("aria-hidden", "true"));
        }
        String beginning = stage.checkpointDigest() == null ? "no checkpoint" : beginning(stage.checkpointDigest());
        int place = cascade.stages().indexOf(stage) + 1;
        return link.add(Markup.of("div")
                .add(Markup.text("a", PlainText.cut(stage.name(), LONGEST_NAME)).attr("href", "#stage-" + place))
                .add(Tone.of(stage.status()).badge(Headline.word(stage.status())))
                .add(Markup.text("code", beginning).attr("class", "muted")));
    }
}
