package io.jenkins.plugins.cascade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.report.CheckSummary.Conclusion;
import org.junit.jupiter.api.Test;

class CheckSummaryTest {
    private static final GateDecision PASS = Decisions.gate(Decisions.protect("math", .80, .80, .005, .03));
    private static final GateDecision REGRESSED = Decisions.gate(Decisions.protect("math", .80, .30, .010, .03));
    private static final GateDecision UNDECIDED = Decisions.gate(Decisions.protect("math", .80, .80, .030, .03));

    private static CascadeRecord cascade(String result, StageRecord.Status status, GateDecision gate) {
        StageRecordBuilder stage = StageRecord.builder("code", StageKind.RLVR).status(status);
        return CascadeRecord.started("x", 1, "2026-11-24T11:40:23Z")
                .withStage((gate == null ? stage : stage.gate(gate, "parent")).build())
                .withResult(result, "2026-11-24T12:00:00Z");
    }

    private static Conclusion conclusion(String result, StageRecord.Status status, GateDecision gate) {
        return CheckSummary.of(cascade(result, status, gate)).conclusion();
    }

    @Test
    void passesOnlyWhereSomethingWasComparedAndAllOfItPassed() {
        assertEquals(Conclusion.SUCCESS, conclusion("SUCCESS", StageRecord.Status.ACCEPTED, PASS));
        assertEquals(Conclusion.ACTION_REQUIRED, conclusion("SUCCESS", StageRecord.Status.ACCEPTED, null));
    }

    @Test
    void aRegressionFailsItAlsoWhereTheBuildIsOnlyUnstable() {
        assertEquals(Conclusion.FAILURE, conclusion("FAILURE", StageRecord.Status.REJECTED, REGRESSED));
        assertEquals(Conclusion.FAILURE, conclusion("UNSTABLE", StageRecord.Status.UNSTABLE, REGRESSED));
    }

    @Test
    void whatCouldNotBeDecidedAsksForAPerson() {
        assertEquals(Conclusion.ACTION_REQUIRED, conclusion("FAILURE", StageRecord.Status.REJECTED, UNDECIDED));
    }

    @Test
    void whatAPolicyLetPassIsNeutral() {
        assertEquals(Conclusion.NEUTRAL, conclusion("SUCCESS", StageRecord.Status.ACCEPTED, REGRESSED));
    }

    @Test
    void aBuildThatFailedOutsideTheStagesDoesNotPass() {
        assertEquals(Conclusion.FAILURE, conclusion("FAILURE", StageRecord.Status.ACCEPTED, PASS));
        assertEquals(Conclusion.CANCELED, conclusion("ABORTED", StageRecord.Status.ACCEPTED, PASS));
        assertEquals(Conclusion.CANCELED, conclusion("ABORTED", StageRecord.Status.STOPPED, null));
    }

    @Test
    void aFailedGateOutranksWhatIsOnlyUndecided() {
        GateRecord last =
                new GateRecord("final", "sft", "code", REGRESSED, "fail", "fail", StageRecord.Status.REJECTED, "");

        CascadeRecord both =
                cascade("FAILURE", StageRecord.Status.UNSTABLE, UNDECIDED).withGate(last);

        assertEquals(Conclusion.FAILURE, CheckSummary.of(both).conclusion());
    }

    @Test
    void theReasonStandsInTheTitleAndInTheFirstLine() {
        CheckSummary summary = CheckSummary.of(cascade("FAILURE", StageRecord.Status.REJECTED, REGRESSED));

        assertEquals(
                "Rejected: Stage code was rejected by its gate: math changed by -50.0 points: REGRESSED.",
                summary.title());
        assertTrue(summary.markdown().lines().findFirst().orElseThrow().contains("-50.0 points"), summary.markdown());
    }

    @Test
    void saysThatNothingWasCompared() {
        CheckSummary summary = CheckSummary.of(cascade("SUCCESS", StageRecord.Status.ACCEPTED, null));

        assertTrue(summary.title().endsWith("Nothing was compared."), summary.title());
    }
}
