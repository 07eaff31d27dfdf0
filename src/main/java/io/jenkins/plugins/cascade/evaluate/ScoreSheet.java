package io.jenkins.plugins.cascade.evaluate;

import io.jenkins.plugins.cascade.model.Completion;
import io.jenkins.plugins.cascade.verify.Verdict;
import io.jenkins.plugins.cascade.verify.VerificationTask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the scores of one benchmark. */
final class ScoreSheet {
    private static final int SHOWN_ANSWERS = 8;

    private final String benchmark;
    private final String fingerprint;
    private final List<ItemScore> scores = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private long tokens;
    private long truncated;
    private long samples;

    ScoreSheet(String benchmark, String fingerprint) {
        this.benchmark = benchmark;
        this.fingerprint = fingerprint;
    }

    /**
     * Adds an item.
     *
     * @param completions its K answers
     * @param verdicts one an answer
     * @param first the first answer as it was judged, a candidate to be shown
     */
    void add(BenchmarkItem item, List<Completion> completions, List<Verdict> verdicts, VerificationTask first) {
        List<Double> judged = verdicts.stream()
                .filter(verdict -> !verdict.outcome().isInfrastructure())
                .map(Verdict::score)
                .toList();
        String error = verdicts.stream()
                .filter(verdict -> verdict.outcome().isInfrastructure())
                .map(verdict -> verdict.outcome() + ": " + verdict.detail())
                .findFirst()
                .orElse(null);
        scores.add(new ItemScore(benchmark, item.id(), item.cluster(), judged, fingerprint, error));
        for (Completion completion : completions) {
            samples++;
            tokens += completion.tokens().length;
            truncated += completion.truncated() ? 1 : 0;
        }
        if (answers.size() < SHOWN_ANSWERS && !verdicts.get(0).outcome().isInfrastructure()) {
            double score = verdicts.get(0).score();
            answers.add(new Answer(benchmark, item.id(), item.text(), first.response(), score));
        }
    }

    BenchmarkResult result(double seconds) {
        String name = BenchmarkResult.metric(benchmark);
        Map<String, Double> metrics = new HashMap<>();
        scores.stream()
                .mapToDouble(ItemScore::mean)
                .filter(Double::isFinite)
                .average()
                .ifPresent(mean -> metrics.put(name, mean));
        metrics.put(name + "/length", (double) tokens / samples);
        metrics.put(name + "/truncated", (double) truncated / samples);
        metrics.put(name + "/errors", (double)
                scores.stream().filter(score -> score.error() != null).count());
        return new BenchmarkResult(benchmark, fingerprint, metrics, seconds, scores, answers);
    }
}
