package io.jenkins.plugins.cascade.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Some answers of a stage's model, beside what its parent answered to the same item; folded away. */
final class AnswerSection {
    private static final int MOST_PER_BENCHMARK = 2;
    private static final int MOST = 10;

    private AnswerSection() {}

    /** The answers; {@code before} is null for a stage without a parent. */
    static List<Markup> of(Answers after, Answers before) {
        List<Markup> parts = new ArrayList<>(Unread.note("of the sample answers", after.left()));
        List<Answers.Answer> chosen = chosen(after, before);
        if (!chosen.isEmpty()) {
            Markup details = Markup.of("details", "answers")
                    .add(Markup.text("summary", "Sample answers (" + chosen.size() + ")"));
            chosen.forEach(answer -> details.add(one(answer, same(answer, before))));
            parts.add(details);
        }
        return parts;
    }

    /** A few of each benchmark, those whose score changed first. */
    private static List<Answers.Answer> chosen(Answers after, Answers before) {
        List<Answers.Answer> candidates = new ArrayList<>();
        List<Answers.Answer> unchanged = new ArrayList<>();
        for (Answers.Answer answer : after.byItem().values()) {
            boolean changed = same(answer, before)
                    .filter(old -> Double.compare(old.score(), answer.score()) != 0)
                    .isPresent();
            (changed ? candidates : unchanged).add(answer);
        }
        candidates.addAll(unchanged);
        Map<String, Integer> taken = new HashMap<>();
        return candidates.stream()
                .filter(answer -> taken.merge(answer.benchmark(), 1, Integer::sum) <= MOST_PER_BENCHMARK)
                .limit(MOST)
                .toList();
    }

    private static Optional<Answers.Answer> same(Answers.Answer answer, Answers before) {
        return before == null ? Optional.empty() : before.same(answer);
    }

    private static Markup one(Answers.Answer answer, Optional<Answers.Answer> before) {
        Markup part = Markup.of("div", "answer");
        part.add(Markup.text("h4", answer.benchmark() + " · " + answer.item()));
        part.add(block("Prompt", answer.promptText()));
        Markup pair = Markup.of("div", "pair");
        before.ifPresent(old -> pair.add(response("Before", old)));
        pair.add(response(before.isPresent() ? "After" : "Answer", answer));
        return part.add(pair);
    }

    private static Markup response(String label, Answers.Answer answer) {
        return block(label + ", score " + Figures.value(answer.score()), answer.response());
    }

    private static Markup block(String label, String text) {
        return Markup.of("div")
                .add(Markup.text("p", label).attr("class", "muted label"))
                .add(Markup.text("pre", text).attr("dir", "auto"));
    }
}
