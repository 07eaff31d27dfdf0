package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.Against;
import io.jenkins.plugins.cascade.gate.BenchmarkScores;
import io.jenkins.plugins.cascade.gate.GatePolicy;
import java.util.Map;

/**
 * A baseline and what is asked against it.
 *
 * @param baseline the baseline
 * @param policy what is asked
 */
record GateSide(ComparedBaseline baseline, GatePolicy policy) {
    /** For the gate. */
    Against against() {
        return against(baseline.reference(), baseline.scores());
    }

    /** For the gate, with other scores of the same model. */
    Against against(String reference, Map<String, BenchmarkScores> scores) {
        return new Against(baseline.name(), reference, scores, policy);
    }
}
