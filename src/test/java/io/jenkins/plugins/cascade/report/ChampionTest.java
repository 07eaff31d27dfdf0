package io.jenkins.plugins.cascade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.gate.BenchmarkDecision;
import io.jenkins.plugins.cascade.gate.Debt;
import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.recipe.StageKind;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ChampionTest {
    private static final BenchmarkDecision HELD = Decisions.protect("math", 0.5, 0.5, 0.01, 0.05);
    private static final BenchmarkDecision LOST = Decisions.protect("math", 0.5, 0.3, 0.01, 0.05);

    private static CascadeRecord ended(String result, GateDecision... gates) {
        CascadeRecord cascade = CascadeRecord.started("nightly", 1, "2026-11-24T02:00:00Z");
        for (int i = 0; i < gates.length; i++) {
            cascade = cascade.withGate(new GateRecord(
                    "gate " + i, "sft", "math", gates[i], "fail", "fail", StageRecord.Status.ACCEPTED, ""));
        }
        return cascade.withResult(result, "2026-11-24T03:00:00Z");
    }

    private static GateDecision owing(GateDecision decision) {
        Debt debt = new Debt(
                "math", "sft", "sha256:aa", 0.5, 0.02, 0.01, "rlhf", "code", "format first", Debt.Status.OPEN, null);
        return new GateDecision(
                decision.verdict(),
                decision.benchmarks(),
                decision.pooled(),
                List.of(debt),
                decision.summarySentence(),
                decision.look());
    }

    @Test
    void aBuildThatSucceededAndWhoseLastGatePassedQualifies() {
        assertTrue(Champion.qualifies(ended("SUCCESS", Decisions.gate(LOST), Decisions.gate(HELD))));
    }

    @Test
    void anEarlierGateDoesNotReplaceTheLastOne() {
        assertFalse(Champion.qualifies(ended("SUCCESS", Decisions.gate(HELD), Decisions.gate(LOST))));
    }

    @Test
    void aResultThatIsNotSuccessDoesNotQualify() {
        for (String result : new String[] {"UNSTABLE", "FAILURE", "ABORTED", null}) {
            assertFalse(Champion.qualifies(ended(result, Decisions.gate(HELD))), result);
        }
    }

    @Test
    void aBuildThatNobodyJudgedDoesNotQualify() {
        assertFalse(Champion.qualifies(ended("SUCCESS")));
    }

    @Test
    void anUnpaidTradeOffDoesNotQualify() {
        assertFalse(Champion.qualifies(ended("SUCCESS", owing(Decisions.gate(HELD)))));
    }

    @Test
    void withoutAGateOfItsOwnTheLastJudgedStageDecides() {
        StageRecord first = StageRecord.builder("sft", StageKind.SFT).build();
        StageRecord second = StageRecord.builder("math", StageKind.RLVR)
                .gate(Decisions.gate(HELD), "parent")
                .build();
        StageRecord evaluated =
                StageRecord.builder("evaluate", StageKind.EVALUATE).build();
        CascadeRecord cascade = ended("SUCCESS").withStages(List.of(first, second, evaluated));
        assertTrue(Champion.qualifies(cascade));
    }

    @Test
    void theLatestThatQualifiesIsTheChampion() {
        BuildSummary good = BuildSummary.of(1, ended("SUCCESS", Decisions.gate(HELD)));
        BuildSummary better = BuildSummary.of(3, ended("SUCCESS", Decisions.gate(HELD)));
        BuildSummary bad = BuildSummary.of(4, ended("FAILURE", Decisions.gate(LOST)));
        BuildSummary damaged = BuildSummary.unreadable(5, "damaged");
        Trend trend = new Trend(List.of(good, better, bad, damaged));
        assertEquals(OptionalInt.of(3), trend.championNumber());
        assertEquals(OptionalInt.empty(), new Trend(List.of(bad, damaged)).championNumber());
    }
}
