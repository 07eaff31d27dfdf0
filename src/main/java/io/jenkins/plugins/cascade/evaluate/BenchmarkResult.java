package io.jenkins.plugins.cascade.evaluate;

import java.util.List;
import java.util.Map;

/**
 * The result of one benchmark.
 *
 * @param benchmark its name
 * @param fingerprint what it may be compared with
 * @param metrics {@code eval/NAME} (mean score over the items without an error, absent when there is none), {@code eval/NAME/length}
 *     (mean tokens), {@code eval/NAME/truncated} (share) and {@code eval/NAME/errors} (items)
 * @param seconds time it took
 * @param scores one an item
 * @param answers some of them
 */
public record BenchmarkResult(
        String benchmark,
        String fingerprint,
        Map<String, Double> metrics,
        double seconds,
        List<ItemScore> scores,
        List<Answer> answers) {
    public BenchmarkResult {
        metrics = Map.copyOf(metrics);
        scores = List.copyOf(scores);
        answers = List.copyOf(answers);
    }

    /** Name of a benchmark's mean score among metrics. */
    public static String metric(String benchmark) {
        return "eval/" + benchmark;
    }
}
