package io.jenkins.plugins.cascade.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DebtTest {

    private static final Tolerance TOLERANCE = new Tolerance("b", 0.25, "repair", "two rewards pull apart");
    private static final GatePolicy STRICT = GatePolicy.of(Gate.protect("b", 0.02));
    private static final GatePolicy TOLERANT = STRICT.withTolerances(List.of(TOLERANCE));

    private final List<Map<String, BenchmarkScores>> fall = Scores.table("b", 150, 10, 450, 390);
    private final Map<String, BenchmarkScores> before = fall.get(0);
    private final Map<String, BenchmarkScores> fallen = fall.get(1);
    private final Map<String, BenchmarkScores> barelyFallen =
            Scores.table("b", 13, 7, 587, 393).get(1);

    @Test
    void aFallWithinTheToleranceOpensADebtThatBlocksRelease() {
        GateDecision decision = judge(before, fallen, TOLERANT, List.of(), "trade");

        assertEquals(GateVerdict.PASS, decision.verdict());
        assertFalse(decision.releasable());
        Debt debt = decision.debts().get(0);
        assertEquals("trade", debt.openedBy());
        assertEquals("repair", debt.recoverBy());
        assertEquals("before trade", debt.baseline());
        assertEquals(0.14, debt.drop(), 1e-12);
        assertEquals(Debt.Status.OPEN, debt.status());
    }

    @Test
    void withoutTheToleranceTheSameFallIsARegression() {
        assertEquals(
                GateVerdict.REGRESSED,
                judge(before, fallen, STRICT, List.of(), "trade").verdict());
    }

    @Test
    void aFallBeyondTheToleranceIsARegression() {
        GatePolicy narrow = STRICT.withTolerances(List.of(new Tolerance("b", 0.05, "repair", "a little")));

        GateDecision decision = judge(before, fallen, narrow, List.of(), "trade");

        assertEquals(GateVerdict.REGRESSED, decision.verdict());
        assertTrue(decision.debts().isEmpty());
    }

    @Test
    void aToleranceThatWasNotNeededOpensNoDebt() {
        GateDecision decision = judge(before, before, TOLERANT, List.of(), "trade");

        assertEquals(GateVerdict.PASS, decision.verdict());
        assertTrue(decision.debts().isEmpty());
        assertTrue(decision.releasable());
    }

    @Test
    void aDebtThatIsNotDueYetIsCarriedOn() {
        GateDecision decision = judge(fallen, fallen, STRICT, List.of(owed()), "between");

        assertEquals(GateVerdict.PASS, decision.verdict());
        assertEquals(Debt.Status.OPEN, decision.debts().get(0).status());
        assertFalse(decision.releasable());
    }

    @Test
    void aDebtIsRepaidWhenTheOldBaselineIsReachedAgain() {
        GateDecision decision = judge(fallen, before, STRICT, List.of(owed()), "repair");

        assertEquals(GateVerdict.PASS, decision.verdict());
        assertEquals(Debt.Status.REPAID, decision.debts().get(0).status());
        assertEquals("repair", decision.debts().get(0).repaidBy());
        assertTrue(decision.releasable());
    }

    @Test
    void aDebtThatIsNotRepaidWhenItIsDueStopsTheStage() {
        GateDecision decision = judge(fallen, fallen, STRICT, List.of(owed()), "repair");

        assertEquals(GateVerdict.REGRESSED, decision.verdict());
        assertEquals(GateVerdict.PASS, decision.benchmarks().get(0).verdict());
        assertEquals(Debt.Status.OVERDUE, decision.debts().get(0).status());
        assertTrue(decision.summarySentence().contains("is not repaid"), decision.summarySentence());
    }

    @Test
    void anOverdueDebtIsTestedAtEveryLaterStage() {
        FrozenDebt overdue = new FrozenDebt(owed().debt().overdue(), before.get("b"));

        assertEquals(
                Debt.Status.REPAID,
                judge(fallen, before, STRICT, List.of(overdue), "later")
                        .debts()
                        .get(0)
                        .status());
        assertEquals(
                GateVerdict.REGRESSED,
                judge(fallen, fallen, STRICT, List.of(overdue), "later").verdict());
    }

    @Test
    void aDebtIsNotRolledOverByASecondTolerance() {
        Map<String, BenchmarkScores> lower =
                Scores.table("b", 150, 10, 310, 530).get(1);
        GateDecision decision = judge(fallen, lower, TOLERANT, List.of(owed()), "again");

        assertEquals(1, decision.debts().size());
        assertEquals("trade", decision.debts().get(0).openedBy());
    }

    @Test
    void aFrozenBaselineThatIsGoneOrChangedIsAnError() {
        Debt debt = owed().debt();

        for (BenchmarkScores frozen : new BenchmarkScores[] {null, fallen.get("b")}) {
            GateDecision decision = judge(fallen, before, STRICT, List.of(new FrozenDebt(debt, frozen)), "repair");
            assertEquals(GateVerdict.ERROR, decision.verdict(), decision.summarySentence());
            assertFalse(decision.releasable());
        }
    }

    @Test
    void aStageCannotRecoverItsOwnTradeOff() {
        assertThrows(IllegalArgumentException.class, () -> judge(before, fallen, TOLERANT, List.of(), "repair"));
    }

    @Test
    void nearlyBackIsNotBackUntilItIsShown() {
        GateDecision decision = judge(fallen, barelyFallen, STRICT, List.of(owed()), "repair");

        assertEquals(Debt.Status.REPAID, decision.debts().get(0).status());
        GateDecision half =
                judge(fallen, Scores.table("b", 30, 10, 570, 390).get(1), STRICT, List.of(owed()), "repair");
        assertEquals(GateVerdict.INCONCLUSIVE, half.verdict());
        assertEquals(Debt.Status.OVERDUE, half.debts().get(0).status());
    }

    private FrozenDebt owed() {
        Debt debt = judge(before, fallen, TOLERANT, List.of(), "trade").debts().get(0);
        return new FrozenDebt(debt, before.get("b"));
    }

    private static GateDecision judge(
            Map<String, BenchmarkScores> baseline,
            Map<String, BenchmarkScores> candidate,
            GatePolicy policy,
            List<FrozenDebt> owed,
            String stage) {
        return new GateEvaluator()
                .evaluate(baseline, candidate, policy, 1, owed, new GateEvaluator.Stage(stage, "before " + stage));
    }
}
