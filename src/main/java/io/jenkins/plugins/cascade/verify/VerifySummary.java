package io.jenkins.plugins.cascade.verify;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a number of verifications came to.
 *
 * @param byType how many had which outcome, by the verifier's type; {@code ?} where there was none
 * @param seconds wall clock for all of them
 */
public record VerifySummary(Map<String, Map<Outcome, Integer>> byType, double seconds) {

    /** How many there were. */
    public int total() {
        return byType.values().stream()
                .flatMap(counts -> counts.values().stream())
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** How many had an outcome. */
    public int count(Outcome outcome) {
        return byType.values().stream()
                .mapToInt(counts -> counts.getOrDefault(outcome, 0))
                .sum();
    }

    /** A line a type, with the rate of passes among the judged, and a line in all. */
    public String text() {
        StringBuilder text = new StringBuilder();
        byType.forEach((type, counts) -> {
            int passed = counts.getOrDefault(Outcome.PASS, 0);
            int judged = passed + counts.getOrDefault(Outcome.FAIL, 0);
            String rate =
                    judged == 0 ? "none judged" : String.format(Locale.ROOT, "%.1f %% right", 100.0 * passed / judged);
            text.append(type)
                    .append(": ")
                    .append(rate)
                    .append(' ')
                    .append(counts)
                    .append('\n');
        });
        double perSecond = seconds > 0 ? total() / seconds : 0;
        return text.append(String.format(
                        Locale.ROOT, "%d verified in %.2f s, %.0f a second%n", total(), seconds, perSecond))
                .toString();
    }

    /** Counts outcomes as they come; the clock starts with it. */
    static final class Counter {

        private final long start = System.nanoTime();
        private final Map<String, Map<Outcome, Integer>> byType = new TreeMap<>();

        void add(String type, Verdict verdict) {
            byType.computeIfAbsent(type, name -> new EnumMap<>(Outcome.class))
                    .merge(verdict.outcome(), 1, Integer::sum);
        }

        VerifySummary summary() {
            return new VerifySummary(Collections.unmodifiableMap(byType), (System.nanoTime() - start) / 1e9);
        }
    }
}
