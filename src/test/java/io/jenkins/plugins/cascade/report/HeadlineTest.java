package io.jenkins.plugins.cascade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cascade.gate.Debt;
import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.gate.GateVerdict;
import io.jenkins.plugins.cascade.gate.Look;
import io.jenkins.plugins.cascade.recipe.StageKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadlineTest {
    private static StageRecordBuilder stage(String name, StageRecord.Status status) {
        return StageRecord.builder(name, StageKind.SFT).status(status);
    }

    private static CascadeRecord ended(String result, StageRecordBuilder... stages) {
        CascadeRecord cascade = CascadeRecord.started("x", 1, "2026-11-24T11:40:23Z");
        for (StageRecordBuilder stage : stages) {
            cascade = cascade.withStage(stage.build());
        }
        return cascade.withResult(result, "2026-11-24T12:00:00Z");
    }

    private static void says(String word, String sentence, CascadeRecord cascade) {
        Headline headline = Headline.of(cascade);
        assertEquals(word + "|" + sentence, headline.word() + "|" + headline.sentence());
    }

    @Test
    void namesTheStageThatEndedTheCascade() {
        says(
                "Failed",
                "Stage math failed: Out of memory.",
                ended(
                        "FAILURE",
                        stage("sft", StageRecord.Status.ACCEPTED),
                        stage("math", StageRecord.Status.FAILED).message("Out of memory.")));
        says(
                "Stopped",
                "Stage sft was stopped and can be resumed.",
                ended("ABORTED", stage("sft", StageRecord.Status.STOPPED)));
    }

    @Test
    void aRejectingLastGateIsTheReason() {
        GateDecision decision = Decisions.gate(Decisions.protect("math", .8, .3, .01, .03));
        GateRecord gate =
                new GateRecord("final", "sft", "code", decision, "fail", "fail", StageRecord.Status.REJECTED, "");
        says(
                "Rejected",
                "Gate final (code against sft): math changed by -50.0 points: REGRESSED.",
                ended("FAILURE", stage("sft", StageRecord.Status.ACCEPTED)).withGate(gate));
    }

    @Test
    void theFindingsAreTheReasonAndNotTheSummaryAlone() {
        GateDecision decision = Decisions.gate(
                Decisions.protect("math", .8, .3, .01, .03),
                Decisions.protect("chat", .8, .8, .01, .03),
                Decisions.protect("code", .8, .4, .01, .03),
                Decisions.protect("form", .8, .5, .01, .03));
        says(
                "Rejected",
                "Stage rl was rejected by its gate: math changed by -50.0 points: REGRESSED. "
                        + "code changed by -40.0 points: REGRESSED. (1 more)",
                ended(
                        "FAILURE",
                        stage("rl", StageRecord.Status.REJECTED)
                                .gate(decision, "parent")
                                .message(decision.summarySentence())));
    }

    @Test
    void aBuildThatFailedOutsideTheStagesIsNotCalledPassed() {
        says(
                "Failed",
                "The build failed outside the stages, see its log. 1 stage accepted.",
                ended("FAILURE", stage("sft", StageRecord.Status.ACCEPTED)));
        says("Empty", "The cascade ended without a single stage.", ended("SUCCESS"));
    }

    @Test
    void anOpenTradeOffIsNamed() {
        Debt debt = new Debt("IFEval", "sft", "sha256:a", .7, .2, .03, "rlhf", "if", "known", Debt.Status.OPEN, null);
        GateDecision decision =
                new GateDecision(GateVerdict.PASS, List.of(), null, List.of(debt), "Passed.", new Look(1, 1, .05));
        says(
                "Passed",
                "1 stage accepted. 1 trade-off still to be repaid.",
                ended("SUCCESS", stage("rlhf", StageRecord.Status.ACCEPTED).gate(decision, "parent")));
    }

    @Test
    void aRegressionThatThePolicyLetPassIsNotHidden() {
        GateDecision decision = Decisions.gate(Decisions.protect("math", .8, .3, .01, .03));
        says(
                "Passed",
                "1 stage accepted. The policy let pass what the gate did not: rlhf (REGRESSED).",
                ended("SUCCESS", stage("rlhf", StageRecord.Status.ACCEPTED).gate(decision, "parent")));
    }

    @Test
    void anUnstableStageIsMarked() {
        says(
                "Unstable",
                "Marked: rlhf. A gate objected, and the policy let the cascade go on.",
                ended("UNSTABLE", stage("rlhf", StageRecord.Status.UNSTABLE)));
    }
}
