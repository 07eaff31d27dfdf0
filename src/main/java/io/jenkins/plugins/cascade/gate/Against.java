package io.jenkins.plugins.cascade.gate;

import java.util.Map;
import java.util.Objects;

/**
 * One of the baselines that a candidate is compared with.
 *
 * @param name who it is, for a reader: a stage, a run, a file
 * @param reference under which its scores can be found again; written into the debts that are opened
 * @param scores its scores by benchmark
 * @param policy what is asked of the candidate against it
 */
public record Against(String name, String reference, Map<String, BenchmarkScores> scores, GatePolicy policy) {

    /** Copies the map. */
    public Against {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(policy, "policy");
        scores = Map.copyOf(scores);
    }
}
