package io.jenkins.plugins.cascade.gate;

import java.io.Serializable;
import java.util.Objects;

/**
 * What is asked of one benchmark.
 *
 * @param benchmark name of the benchmark
 * @param margin non-inferiority margin, a fraction in (0, 1): a loss up to it is accepted; for a target it may be 0
 * @param kind whether the benchmark decides, is only watched, or must gain
 * @param requiredGain for a target the gain that the lower bound must exceed, a fraction in [0, 1); 0 otherwise
 */
public record Gate(String benchmark, double margin, Kind kind, double requiredGain) implements Serializable {

    /** The part that a benchmark plays in the verdict. */
    public enum Kind {
        /** The candidate must not be worse by more than the margin; decides. */
        PROTECT,
        /** Reported with its verdict and warned about, but never decides. */
        WATCH,
        /** The candidate must be better by more than the required gain; decides. */
        TARGET
    }

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException when a number is outside its range
     */
    public Gate {
        Objects.requireNonNull(benchmark, "benchmark");
        Objects.requireNonNull(kind, "kind");
        if (benchmark.isBlank()) {
            throw new IllegalArgumentException("A gate has no benchmark: name the benchmark it judges.");
        }
        boolean target = kind == Kind.TARGET;
        if (!(margin < 1) || !(target ? margin >= 0 : margin > 0)) {
            throw new IllegalArgumentException("The margin of " + benchmark + " is " + margin
                    + ": give a fraction above 0 and below 1 (2 points are 0.02).");
        }
        if (!(requiredGain >= 0 && requiredGain < 1)) {
            throw new IllegalArgumentException("The required gain of " + benchmark + " is " + requiredGain
                    + ": give a fraction from 0 to below 1 (2 points are 0.02).");
        }
        if (!target && requiredGain != 0) {
            throw new IllegalArgumentException(
                    benchmark + " has a required gain but is no target: set its kind to target or drop the gain.");
        }
    }

    /** A benchmark that must not fall by more than the margin. */
    public static Gate protect(String benchmark, double margin) {
        return new Gate(benchmark, margin, Kind.PROTECT, 0);
    }

    /** A benchmark that is reported and warned about only. */
    public static Gate watch(String benchmark, double margin) {
        return new Gate(benchmark, margin, Kind.WATCH, 0);
    }

    /** A benchmark that must rise by more than the required gain. */
    public static Gate target(String benchmark, double requiredGain) {
        return new Gate(benchmark, 0, Kind.TARGET, requiredGain);
    }

    /** True when the benchmark's verdict counts for the whole comparison. */
    public boolean decides() {
        return kind != Kind.WATCH;
    }
}
