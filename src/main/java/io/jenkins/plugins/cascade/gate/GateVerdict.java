package io.jenkins.plugins.cascade.gate;

/** What the gate says of a benchmark or of a whole comparison. */
public enum GateVerdict {
    /** The evidence shows what was asked: no loss beyond the margin, or for a target the required gain. */
    PASS(0),
    /** A loss beyond the margin is shown, or for a target that the required gain was missed. */
    REGRESSED(1),
    /** The measurement is sound but decides neither way. */
    INCONCLUSIVE(2),
    /** The two sides cannot be compared; never treated as a pass. */
    ERROR(3);

    private final int exitCode;

    GateVerdict(int exitCode) {
        this.exitCode = exitCode;
    }

    /** Exit status of the command line for this verdict: 0, 1, 2 or 3. */
    public int exitCode() {
        return exitCode;
    }

    /**
     * The verdict of a comparison in which both this and the other verdict count. ERROR outranks REGRESSED so that a stage that
     * goes on after a regression does not go on over a broken measurement.
     */
    public GateVerdict and(GateVerdict other) {
        return severity() >= other.severity() ? this : other;
    }

    private int severity() {
        return switch (this) {
            case PASS -> 0;
            case INCONCLUSIVE -> 1;
            case REGRESSED -> 2;
            case ERROR -> 3;
        };
    }
}
