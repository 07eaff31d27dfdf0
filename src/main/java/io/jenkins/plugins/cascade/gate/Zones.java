package io.jenkins.plugins.cascade.gate;

/** The three zones: shown to hold, shown not to hold, neither. */
final class Zones {

    private Zones() {}

    /** Non-inferiority: is a loss beyond the limit excluded, shown, or neither? */
    static GateVerdict nonInferiority(Interval interval, double limit) {
        if (interval.lower() >= -limit) {
            return GateVerdict.PASS;
        }
        return interval.upper() < -limit ? GateVerdict.REGRESSED : GateVerdict.INCONCLUSIVE;
    }

    /** Superiority: is more than the required gain shown, excluded, or neither? */
    static GateVerdict superiority(Interval interval, double requiredGain) {
        if (interval.lower() > requiredGain) {
            return GateVerdict.PASS;
        }
        return interval.upper() < requiredGain ? GateVerdict.REGRESSED : GateVerdict.INCONCLUSIVE;
    }
}
