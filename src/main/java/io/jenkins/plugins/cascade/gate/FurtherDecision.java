package io.jenkins.plugins.cascade.gate;

import java.util.Objects;

/**
 * The same candidate against one more baseline.
 *
 * @param baseline who it was, for a reader: a stage, a run, a file
 * @param decision the finding; debts are with the decision that this one belongs to
 */
public record FurtherDecision(String baseline, GateDecision decision) {

    /** Checks that both are there. */
    public FurtherDecision {
        Objects.requireNonNull(baseline, "baseline");
        Objects.requireNonNull(decision, "decision");
    }
}
