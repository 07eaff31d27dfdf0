package io.jenkins.plugins.cascade.gate;

import java.util.Objects;

/**
 * What a gate would say of a model that has not changed.
 *
 * @param benchmark name of the benchmark
 * @param kind its part in the gate
 * @param margin margin of the gate, a fraction; for a target the required gain
 * @param n items
 * @param samplesPerSide samples an item on each side of a comparison
 * @param comparisons how many ways to deal the samples were judged
 * @param passed share of them with the verdict PASS
 * @param inconclusive share of them with the verdict INCONCLUSIVE
 * @param regressed share of them with the verdict REGRESSED
 * @param dropShown share of them whose upper bound is below 0; more than alpha means that the bounds are too narrow here
 * @param standardError standard error of a comparison with all samples on each side, sampling alone, a fraction; the
 *     {@code selfStandardError} of a policy file
 * @param passIfUnchanged chance that the unchanged model gets the verdict PASS when all samples are on each side
 * @param unstable true when two evaluations differ by more than sampling explains
 * @param verdict PASS: usable; INCONCLUSIVE: decides too rarely; REGRESSED: differs from itself, or too many false findings; ERROR
 * @param sentence the finding, and what to do, for a reader
 */
public record SelfFinding(
        String benchmark,
        Gate.Kind kind,
        double margin,
        int n,
        int samplesPerSide,
        int comparisons,
        double passed,
        double inconclusive,
        double regressed,
        double dropShown,
        double standardError,
        double passIfUnchanged,
        boolean unstable,
        GateVerdict verdict,
        String sentence) {

    /** Checks that the parts a reader needs are there. */
    public SelfFinding {
        Objects.requireNonNull(benchmark, "benchmark");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(sentence, "sentence");
    }

    /** A benchmark that could not be compared with itself. */
    static SelfFinding error(Gate gate, String sentence) {
        double none = Double.NaN;
        return new SelfFinding(
                gate.benchmark(),
                gate.kind(),
                gate.margin(),
                0,
                0,
                0,
                none,
                none,
                none,
                none,
                none,
                none,
                false,
                GateVerdict.ERROR,
                sentence);
    }
}
