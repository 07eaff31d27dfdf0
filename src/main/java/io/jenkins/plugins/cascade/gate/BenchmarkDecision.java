package io.jenkins.plugins.cascade.gate;

import java.util.Objects;

/**
 * The gate's finding on one benchmark. Scores, differences, errors and bounds are fractions; a number that does not exist (any
 * number of a benchmark in ERROR, the fixed-item error with one sample) is NaN.
 *
 * @param benchmark name of the benchmark
 * @param kind whether it decides, is watched or must gain
 * @param n number of item pairs that were scored on both sides
 * @param baseline mean score of the baseline over these pairs
 * @param candidate mean score of the candidate over these pairs
 * @param difference candidate minus baseline
 * @param standardError standard error of the difference, over clusters when items are clustered
 * @param lower one-sided lower bound at the look's level
 * @param upper one-sided upper bound at the look's level
 * @param margin non-inferiority margin of the gate
 * @param resolution standard error divided by the margin; above 0.4 the benchmark cannot decide
 * @param passIfUnchanged probability that an unchanged model passes here
 * @param provableMargin smallest margin that an unchanged model passes with the policy's power
 * @param itemsNeeded items needed, at the present samples per item, for the margin at the policy's power; 0 when unknown
 * @param warning true when a drop is shown after Holm's correction over all benchmarks, whether or not it is within the margin
 * @param verdict the verdict on this benchmark
 * @param method how the bounds were made: "paired t", "clustered t", "Tango score", "bounded mean"
 * @param sentence the finding and, where it cannot decide, what to do, for a reader
 * @param requiredGain gain that a target must show, 0 otherwise
 * @param fixedItemStandardError standard error when only the sampling varies and these items are all that matters
 * @param clusters number of independent clusters, equal to n when items stand alone
 * @param baselineSamples samples per item of the baseline
 * @param candidateSamples samples per item of the candidate
 * @param degradationP one-sided p-value of the test for a drop, before Holm's correction; for machines, never shown alone
 * @param refused true when the benchmark could not decide: INCONCLUSIVE with a resolution above 0.4 or with a margin above all that the
 *     baseline scores, or ERROR because the margin is
 *     below 2.5 times the standard error of a comparison of the baseline with itself
 * @param tolerance the declared trade-off without which the verdict would not be PASS, or null
 */
public record BenchmarkDecision(
        String benchmark,
        Gate.Kind kind,
        int n,
        double baseline,
        double candidate,
        double difference,
        double standardError,
        double lower,
        double upper,
        double margin,
        double resolution,
        double passIfUnchanged,
        double provableMargin,
        int itemsNeeded,
        boolean warning,
        GateVerdict verdict,
        String method,
        String sentence,
        double requiredGain,
        double fixedItemStandardError,
        int clusters,
        int baselineSamples,
        int candidateSamples,
        double degradationP,
        boolean refused,
        Tolerance tolerance) {

    /** Checks that the parts a reader needs are there. */
    public BenchmarkDecision {
        Objects.requireNonNull(benchmark, "benchmark");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(sentence, "sentence");
    }

    /** True when this verdict counts for the whole comparison. */
    public boolean decides() {
        return kind != Gate.Kind.WATCH;
    }

    /** A benchmark that could not be compared. */
    static BenchmarkDecision error(Gate gate, String sentence) {
        double none = Double.NaN;
        return new BenchmarkDecision(
                gate.benchmark(),
                gate.kind(),
                0,
                none,
                none,
                none,
                none,
                none,
                none,
                gate.margin(),
                none,
                none,
                none,
                0,
                false,
                GateVerdict.ERROR,
                "none",
                sentence,
                gate.requiredGain(),
                none,
                0,
                0,
                0,
                none,
                false,
                null);
    }
}
