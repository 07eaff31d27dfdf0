package io.jenkins.plugins.cascade.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GateEvaluatorTest {

    private final GateEvaluator evaluator = new GateEvaluator();

    @Test
    void passesWhenALossBeyondTheMarginIsExcluded() {
        BenchmarkDecision decision = only(judge(Scores.table("math", 20, 22, 500, 458), Gate.protect("math", 0.02)));

        assertEquals(GateVerdict.PASS, decision.verdict());
        assertTrue(decision.lower() >= -0.02, decision.toString());
    }

    @Test
    void blocksWhenTheLossBeyondTheMarginIsShown() {
        GateDecision decision = judge(Scores.table("math", 100, 20, 500, 380), Gate.protect("math", 0.02));

        assertEquals(GateVerdict.REGRESSED, decision.verdict());
        assertTrue(only(decision).upper() < -0.02, decision.toString());
        assertEquals(
                "math fell by 8.0 points (95 % bounds -9.8 to -6.2); the margin is 2.0: regressed.",
                only(decision).sentence());
    }

    @Test
    void doesNotDecideWhenTheBoundsStraddleTheMargin() {
        GateDecision decision = judge(Scores.table("math", 40, 25, 500, 435), Gate.protect("math", 0.022));

        assertEquals(GateVerdict.INCONCLUSIVE, decision.verdict());
        assertEquals(List.of("math"), decision.undecided());
    }

    @Test
    void aWatchedBenchmarkNeverDecides() {
        GateDecision decision = judge(Scores.table("math", 100, 20, 500, 380), Gate.watch("math", 0.02));

        assertEquals(GateVerdict.PASS, decision.verdict());
        assertEquals(GateVerdict.REGRESSED, only(decision).verdict());
        assertTrue(only(decision).warning());
    }

    @Test
    void anUnplannedLookIsRefused() {
        List<Map<String, BenchmarkScores>> sides = Scores.table("math", 20, 22, 500, 458);
        GatePolicy policy = GatePolicy.of(Gate.protect("math", 0.02));

        assertThrows(IllegalArgumentException.class, () -> evaluator.evaluate(sides.get(0), sides.get(1), policy, 2));
    }

    private GateDecision judge(List<Map<String, BenchmarkScores>> sides, Gate... gates) {
        return evaluator.evaluate(sides.get(0), sides.get(1), GatePolicy.of(gates), 1);
    }

    private static BenchmarkDecision only(GateDecision decision) {
        assertEquals(1, decision.benchmarks().size());
        return decision.benchmarks().get(0);
    }
}
