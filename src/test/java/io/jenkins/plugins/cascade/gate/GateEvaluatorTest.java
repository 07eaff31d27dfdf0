package io.jenkins.plugins.cascade.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
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
    void doesNotPassWhereTheBaselineScoresLessThanTheMarginSoThatNothingCouldFail() {
        GateDecision decision = judge(Scores.table("math", 0, 0, 20, 480), Gate.protect("math", 0.05));
        BenchmarkDecision floor = only(decision);
        BenchmarkDecision nothing = only(judge(Scores.table("math", 0, 5, 0, 495), Gate.protect("math", 0.05)));
        BenchmarkDecision above = only(judge(Scores.table("math", 0, 0, 30, 470), Gate.protect("math", 0.05)));

        assertEquals(GateVerdict.INCONCLUSIVE, decision.verdict());
        assertTrue(floor.refused());
        assertTrue(
                floor.sentence()
                        .contains("the margin is 5.0, but the baseline scores only 4.0, so this gate cannot fail: not"
                                + " decided. The largest usable margin is 4.0 points."),
                floor.sentence());
        assertTrue(
                nothing.sentence().contains("No smaller margin can be shown here, so require a gain, or watch it."),
                nothing.sentence());
        assertEquals(GateVerdict.PASS, above.verdict());
        assertEquals(
                GateVerdict.PASS,
                only(judge(Scores.table("math", 0, 0, 20, 480), Gate.watch("math", 0.05)))
                        .verdict());
    }

    @Test
    void anUnplannedLookIsRefused() {
        List<Map<String, BenchmarkScores>> sides = Scores.table("math", 20, 22, 500, 458);
        GatePolicy policy = GatePolicy.of(Gate.protect("math", 0.02));

        assertThrows(IllegalArgumentException.class, () -> evaluator.evaluate(sides.get(0), sides.get(1), policy, 2));
    }

    @Test
    void aBenchmarkThatCannotSeeItsMarginSaysWhatToRaise() {
        BenchmarkDecision decision = only(judge(Scores.table("math", 12, 10, 50, 28), Gate.protect("math", 0.01)));

        assertEquals(GateVerdict.INCONCLUSIVE, decision.verdict());
        assertTrue(decision.refused());
        assertTrue(decision.resolution() > 0.4);
        assertEquals(
                "math fell by 2.0 points (95 % bounds -10.0 to 5.9); the margin is 1.0: not decided. This benchmark cannot"
                        + " decide a margin of 1.0: raise K to at least 138 or the margin to 11.8 points, or use 13715 items.",
                decision.sentence());
    }

    @Test
    void aShownRegressionIsARegressionThoughTheBenchmarkIsCoarse() {
        BenchmarkDecision decision = only(judge(Scores.table("math", 40, 2, 30, 28), Gate.protect("math", 0.01)));

        assertTrue(decision.resolution() > 0.4);
        assertEquals(GateVerdict.REGRESSED, decision.verdict());
        assertFalse(decision.refused());
    }

    @Test
    void aMarginBelowTheBaselinesOwnNoiseIsAnErrorUnlessARegressionIsShown() {
        GatePolicy policy = GatePolicy.of(Gate.protect("math", 0.02)).withSelfStandardErrors(Map.of("math", 0.009));
        List<Map<String, BenchmarkScores>> same = Scores.table("math", 20, 22, 500, 458);
        List<Map<String, BenchmarkScores>> worse = Scores.table("math", 100, 20, 500, 380);

        BenchmarkDecision refused = only(evaluator.evaluate(same.get(0), same.get(1), policy, 1));
        assertEquals(GateVerdict.ERROR, refused.verdict());
        assertTrue(refused.sentence().contains("the margin to 2.3 points"), refused.sentence());
        assertEquals(
                GateVerdict.REGRESSED,
                evaluator.evaluate(worse.get(0), worse.get(1), policy, 1).verdict());
    }

    @Test
    void aTargetPassesOnlyWhenMoreThanTheRequiredGainIsShown() {
        List<Map<String, BenchmarkScores>> gain = Scores.table("math", 20, 100, 500, 380);

        assertEquals(GateVerdict.PASS, judge(gain, Gate.target("math", 0)).verdict());
        assertEquals(GateVerdict.PASS, judge(gain, Gate.target("math", 0.05)).verdict());
        assertEquals(
                GateVerdict.INCONCLUSIVE, judge(gain, Gate.target("math", 0.07)).verdict());
        assertEquals(
                GateVerdict.REGRESSED, judge(gain, Gate.target("math", 0.15)).verdict());
        assertTrue(only(judge(gain, Gate.target("math", 0.15))).sentence().endsWith("is required: missed."));
    }

    @Test
    void identicalScoresPassOnlyWhereAnUnseenLossIsExcluded() {
        assertEquals(
                GateVerdict.PASS,
                judge(Scores.table("math", 0, 0, 600, 0), Gate.protect("math", 0.02))
                        .verdict());
        BenchmarkDecision few = only(judge(Scores.table("math", 0, 0, 40, 0), Gate.protect("math", 0.02)));
        assertEquals(GateVerdict.INCONCLUSIVE, few.verdict());
        assertEquals(0, few.standardError());
        assertEquals(-0.0634, few.lower(), 1e-4);
        assertTrue(few.refused());
        assertTrue(
                few.sentence().endsWith("more samples will not help; use 149 items or raise the margin to 6.4 points."),
                few.sentence());
    }

    @Test
    void averagesThatAllAgreeGetTheRuleOfThree() {
        Map<String, BenchmarkScores> scores = averages(100, 0.75, 0.5);
        BenchmarkDecision decision = only(evaluator.evaluate(scores, scores, policy(0.02), 1));

        assertEquals("bounded mean", decision.method());
        assertEquals(-(1 - Math.pow(0.05, 1.0 / 100)), decision.lower(), 1e-12);
        assertEquals(-decision.lower(), decision.upper(), 1e-12);
    }

    @Test
    void fewerThanThirtyAveragesGetNoTBounds() {
        BenchmarkDecision decision =
                only(evaluator.evaluate(averages(20, 0.75, 0.5), averages(20, 0.5, 0.75), policy(0.3), 1));

        assertEquals("bounded mean", decision.method());
    }

    @Test
    void gradedScoresThatHardlyDifferDoNotPassOnItemsThatCouldHideTheLoss() {
        BenchmarkDecision few = only(evaluator.evaluate(wavering(30, 0), wavering(30, 0.01), policy(0.05), 1));
        BenchmarkDecision enough = only(evaluator.evaluate(wavering(60, 0), wavering(60, 0.01), policy(0.05), 1));

        assertEquals("bounded mean", few.method());
        assertTrue(few.refused());
        assertEquals(59, few.itemsNeeded());
        assertTrue(
                few.sentence()
                        .contains(
                                "cannot decide a margin of 5.0: a loss that falls whole on few need not be among 30 items,"
                                        + " and more samples will not help; use 59 items or raise the margin to "),
                few.sentence());
        assertEquals(GateVerdict.PASS, enough.verdict(), enough.sentence());
    }

    @Test
    void equalScoresInFewClustersAskForMoreClusters() {
        List<ItemScores> items = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            items.add(new ItemScores(Integer.toString(i), "c" + i % 20, List.of(1.0), null));
        }
        Map<String, BenchmarkScores> scores = Scores.of("math", items);

        BenchmarkDecision decision = only(evaluator.evaluate(scores, scores, policy(0.05), 1));

        assertEquals(GateVerdict.INCONCLUSIVE, decision.verdict());
        assertEquals(59 * 20, decision.itemsNeeded());
        assertTrue(
                decision.sentence()
                        .contains(
                                "a loss that falls whole on few need not be among 20 clusters, and more samples will not help;"
                                        + " use 1180 items in as many more clusters or raise the margin to "),
                decision.sentence());
    }

    @Test
    void aPassOnFewItemsSaysWhatItDidNotSee() {
        BenchmarkDecision decision = only(evaluator.evaluate(wavering(30, 0), wavering(30, 0.05), policy(0.035), 1));

        assertEquals("paired t", decision.method());
        assertEquals(GateVerdict.PASS, decision.verdict());
        assertTrue(
                decision.sentence()
                        .endsWith("passed. On 30 items a loss that falls whole on fewer than 1 in 11 need not show."),
                decision.sentence());
    }

    @Test
    void aSignificantDropWithinTheMarginPassesWithAWarning() {
        BenchmarkDecision decision = only(judge(Scores.table("math", 60, 30, 700, 1210), Gate.protect("math", 0.03)));

        assertEquals(GateVerdict.PASS, decision.verdict());
        assertTrue(decision.warning());
        assertTrue(decision.sentence().contains("passed. A drop is shown all the same"), decision.sentence());
    }

    @Test
    void aSmallDropEverywhereIsSeenByThePooledEstimateOnly() {
        Map<String, BenchmarkScores> baseline = new HashMap<>();
        Map<String, BenchmarkScores> candidate = new HashMap<>();
        Gate[] gates = new Gate[8];
        for (int i = 0; i < gates.length; i++) {
            List<Map<String, BenchmarkScores>> sides = Scores.table("b" + i, 40 + i, 28, 500, 432);
            baseline.putAll(sides.get(0));
            candidate.putAll(sides.get(1));
            gates[i] = Gate.protect("b" + i, 0.05);
        }
        GateDecision decision = evaluator.evaluate(baseline, candidate, GatePolicy.of(gates), 1);

        assertTrue(decision.benchmarks().stream().noneMatch(BenchmarkDecision::warning));
        assertTrue(decision.pooled().warning(), decision.pooled().toString());
        double variance = decision.benchmarks().stream()
                .mapToDouble(b -> b.standardError() * b.standardError())
                .sum();
        assertEquals(Math.sqrt(variance) / gates.length, decision.pooled().standardError(), 1e-12);
    }

    @Test
    void itemsThatTwoBenchmarksShareAreOnePieceOfEvidence() {
        List<Map<String, BenchmarkScores>> once = Scores.table("v5", 40, 28, 500, 432);
        Map<String, BenchmarkScores> baseline = twice(once.get(0).get("v5"));
        Map<String, BenchmarkScores> candidate = twice(once.get(1).get("v5"));
        GateDecision decision = evaluator.evaluate(
                baseline, candidate, GatePolicy.of(Gate.protect("v5", 0.05), Gate.protect("v6", 0.05)), 1);

        assertEquals(
                decision.benchmarks().get(0).standardError(), decision.pooled().standardError(), 1e-12);
    }

    @Test
    void furtherLooksCostWiderBounds() {
        List<Map<String, BenchmarkScores>> sides = Scores.table("math", 40, 25, 500, 435);
        GatePolicy policy = GatePolicy.of(Gate.protect("math", 0.03)).withMaxLooks(3);
        GateDecision first = evaluator.evaluate(sides.get(0), sides.get(1), policy, 1);

        assertTrue(only(first).lower()
                < only(judge(sides, Gate.protect("math", 0.03))).lower());
        assertTrue(only(first).sentence().contains("98.3 % bounds"), only(first).sentence());
        assertEquals(GateVerdict.INCONCLUSIVE, first.verdict());
        assertTrue(first.wantsMoreSamples());
        assertFalse(evaluator.evaluate(sides.get(0), sides.get(1), policy, 3).wantsMoreSamples());
    }

    @Test
    void aBenchmarkWithoutAGateIsNamed() {
        Map<String, BenchmarkScores> scores = new HashMap<>(Scores.single("math", 1, 0, 1));
        scores.putAll(Scores.single("mahts", 1, 0, 1));

        String summary = evaluator
                .evaluate(scores, scores, GatePolicy.of(Gate.protect("math", 0.9)), 1)
                .summarySentence();

        assertTrue(summary.endsWith("Scored but without a gate: mahts."), summary);
    }

    @Test
    void theBaselineAgainstItselfGivesTheLeastMargin() throws InvalidScoresException {
        List<Map<String, BenchmarkScores>> seeds = Scores.table("math", 21, 22, 500, 457);
        SelfComparison calm = SelfComparison.of(seeds.get(0), seeds.get(1), 0.05);
        List<Map<String, BenchmarkScores>> moved = Scores.table("math", 100, 20, 500, 380);

        assertEquals(0.00656, calm.standardErrors().get("math"), 1e-5);
        assertEquals(List.of(), calm.unstable());
        assertEquals(
                List.of("math"),
                SelfComparison.of(moved.get(0), moved.get(1), 0.05).unstable());
        assertThrows(InvalidScoresException.class, () -> SelfComparison.of(seeds.get(0), Map.of(), 0.05));
    }

    private static Map<String, BenchmarkScores> twice(BenchmarkScores scores) {
        return Map.of("v5", scores, "v6", new BenchmarkScores("v6", scores.fingerprint(), scores.items()));
    }

    private static Map<String, BenchmarkScores> averages(int items, double even, double odd) {
        List<ItemScores> list = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            list.add(ItemScores.of(Integer.toString(i), i % 2 == 0 ? even : odd));
        }
        return Scores.of("math", list);
    }

    /** Scores about a half, every other one up and every other one down by this much. */
    private static Map<String, BenchmarkScores> wavering(int items, double by) {
        return averages(items, 0.5 + by, 0.5 - by);
    }

    private static GatePolicy policy(double margin) {
        return GatePolicy.of(Gate.protect("math", margin));
    }

    private GateDecision judge(List<Map<String, BenchmarkScores>> sides, Gate... gates) {
        return evaluator.evaluate(sides.get(0), sides.get(1), GatePolicy.of(gates), 1);
    }

    private static BenchmarkDecision only(GateDecision decision) {
        assertEquals(1, decision.benchmarks().size());
        return decision.benchmarks().get(0);
    }
}
