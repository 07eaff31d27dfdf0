package io.jenkins.plugins.cascade.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What cannot be compared is an ERROR, and nothing that is wrong is ever a PASS. */
class ValidityTest {

    private static final int ITEMS = 400;

    @Test
    void theUntouchedComparisonPasses() {
        assertEquals(GateVerdict.PASS, verdict(UnaryOperator.identity()));
    }

    @Test
    void aMissingBenchmarkIsAnError() {
        Map<String, BenchmarkScores> scores = Scores.of("b", items());
        GatePolicy policy = GatePolicy.of(Gate.protect("b", 0.03));

        assertEquals(
                GateVerdict.ERROR,
                new GateEvaluator().evaluate(scores, Map.of(), policy, 1).verdict());
        assertEquals(
                GateVerdict.ERROR,
                new GateEvaluator().evaluate(Map.of(), scores, policy, 1).verdict());
    }

    @Test
    void aMissingWatchedBenchmarkIsAnErrorToo() {
        Map<String, BenchmarkScores> scores = Scores.of("b", items());
        GatePolicy policy = GatePolicy.of(Gate.protect("b", 0.03), Gate.watch("w", 0.03));

        assertEquals(
                GateVerdict.ERROR,
                new GateEvaluator().evaluate(scores, scores, policy, 1).verdict());
    }

    @Test
    void anotherFingerprintIsAnError() {
        Map<String, BenchmarkScores> baseline = Scores.of("b", items());
        for (String fingerprint : new String[] {"another", "", " "}) {
            Map<String, BenchmarkScores> candidate = Map.of("b", new BenchmarkScores("b", fingerprint, items()));
            assertEquals(GateVerdict.ERROR, judge(baseline, candidate).verdict());
        }
        Map<String, BenchmarkScores> nameless = Map.of("b", new BenchmarkScores("b", null, items()));
        assertEquals(GateVerdict.ERROR, judge(nameless, nameless).verdict());
    }

    @Test
    void anItemLessOrMoreOrAnotherIsAnError() {
        assertError(items -> items.remove(7), "the candidate lacks item \"7\"");
        assertError(items -> items.add(ItemScores.of("more", 1)), "the baseline lacks item \"more\"");
        assertError(items -> items.set(7, ItemScores.of("other", 1)), "the candidate lacks item \"7\"");
    }

    @Test
    void anItemGivenTwiceIsAnError() {
        assertError(items -> items.add(items.get(3)), "the candidate has item \"3\" twice");
    }

    @Test
    void aScoreThatIsNoFractionIsAnError() {
        for (double score : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -0.01, 1.01, 100}) {
            assertError(items -> items.set(5, ItemScores.of("5", score)), "scored item \"5\" with " + score);
        }
    }

    @Test
    void anInfrastructureErrorIsNotAWrongAnswer() {
        BenchmarkDecision decision =
                judgeCandidate(items -> fail(items, 4)).benchmarks().get(0);

        assertEquals(GateVerdict.PASS, decision.verdict());
        assertEquals(ITEMS - 4, decision.n());
        assertEquals(0, decision.difference(), 1e-15);
    }

    @Test
    void moreThanOnePercentOfInfrastructureErrorsIsAnError() {
        assertError(items -> fail(items, 5), "only 395 of 400 items are fully scored");
    }

    @Test
    void anItemWithFewerSamplesThanTheOthersCountsAsNotScored() {
        List<ItemScores> two = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            two.add(ItemScores.of(Integer.toString(i), i % 2, 1));
        }
        List<ItemScores> cut = new ArrayList<>(two);
        cut.set(0, ItemScores.of("0", 1));
        BenchmarkDecision decision =
                judge(Scores.of("b", two), Scores.of("b", cut)).benchmarks().get(0);

        assertEquals(ITEMS - 1, decision.n());
    }

    @Test
    void anotherClusterOnEachSideIsAnError() {
        assertError(
                items -> items.set(5, new ItemScores("5", "elsewhere", List.of(1.0), null)),
                "item \"5\" is in another cluster on each side");
    }

    @Test
    void aSingleItemOrASingleClusterIsAnError() {
        Map<String, BenchmarkScores> one = Scores.of("b", List.of(ItemScores.of("0", 1)));
        Map<String, BenchmarkScores> together = Scores.of(
                "b",
                List.of(
                        new ItemScores("0", "passage", List.of(1.0), null),
                        new ItemScores("1", "passage", List.of(0.0), null)));

        assertEquals(GateVerdict.ERROR, judge(one, one).verdict());
        assertEquals(GateVerdict.ERROR, judge(together, together).verdict());
    }

    @Test
    void theOrderOfTheItemsDoesNotMatter() {
        BenchmarkDecision straight = judgeCandidate(items -> {}).benchmarks().get(0);
        BenchmarkDecision reversed =
                judgeCandidate(Collections::reverse).benchmarks().get(0);

        assertEquals(straight, reversed);
    }

    private static void fail(List<ItemScores> items, int count) {
        for (int i = 0; i < count; i++) {
            items.set(i, new ItemScores(items.get(i).item(), null, List.of(), "the engine stopped"));
        }
    }

    private static void assertError(Consumer<List<ItemScores>> change, String sentence) {
        GateDecision decision = judgeCandidate(change);
        BenchmarkDecision benchmark = decision.benchmarks().get(0);
        assertEquals(GateVerdict.ERROR, decision.verdict());
        assertEquals(GateVerdict.ERROR, benchmark.verdict());
        assertTrue(benchmark.sentence().contains(sentence), benchmark.sentence());
        assertTrue(Double.isNaN(benchmark.difference()));
    }

    private static GateVerdict verdict(UnaryOperator<List<ItemScores>> change) {
        return judge(Scores.of("b", items()), Scores.of("b", change.apply(items())))
                .verdict();
    }

    private static GateDecision judgeCandidate(Consumer<List<ItemScores>> change) {
        List<ItemScores> candidate = items();
        change.accept(candidate);
        return judge(Scores.of("b", items()), Scores.of("b", candidate));
    }

    private static GateDecision judge(Map<String, BenchmarkScores> baseline, Map<String, BenchmarkScores> candidate) {
        return new GateEvaluator().evaluate(baseline, candidate, GatePolicy.of(Gate.protect("b", 0.03)), 1);
    }

    private static List<ItemScores> items() {
        List<ItemScores> items = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            items.add(ItemScores.of(Integer.toString(i), i % 3 == 0 ? 0 : 1));
        }
        return items;
    }
}
