package io.jenkins.plugins.cascade.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The baseline against itself under other seeds (an A/A run), made before a gate is first used: how much a benchmark moves when
 * nothing has changed.
 *
 * @param standardErrors standard error of each benchmark's difference, for {@link GatePolicy#withSelfStandardErrors}
 * @param unstable benchmarks that differ from themselves by more than sampling explains: the evaluation is not reproducible
 */
record SelfComparison(Map<String, Double> standardErrors, List<String> unstable) {

    /** Copies the collections. */
    SelfComparison {
        standardErrors = Map.copyOf(standardErrors);
        unstable = List.copyOf(unstable);
    }

    /**
     * Compares two evaluations of one model.
     *
     * @param first scores under one seed, by benchmark
     * @param second scores under another seed, by benchmark
     * @param alpha two-sided error rate over all benchmarks together for calling a benchmark unstable
     * @throws InvalidScoresException when the two cannot be compared; the message says why
     */
    static SelfComparison of(Map<String, BenchmarkScores> first, Map<String, BenchmarkScores> second, double alpha)
            throws InvalidScoresException {
        double alphaPerSide = alpha / 2 / first.size();
        Map<String, Double> errors = new LinkedHashMap<>();
        List<String> unstable = new ArrayList<>();
        for (Map.Entry<String, BenchmarkScores> side : first.entrySet()) {
            String benchmark = side.getKey();
            Assessment assessment = Assessment.of(benchmark, side.getValue(), second.get(benchmark), alphaPerSide);
            errors.put(benchmark, assessment.planningError(alphaPerSide));
            if (assessment.interval().lower() > 0 || assessment.interval().upper() < 0) {
                unstable.add(benchmark);
            }
        }
        return new SelfComparison(errors, unstable);
    }
}
