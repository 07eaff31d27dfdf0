package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.gate.GateVerdict;
import io.jenkins.plugins.cascade.report.StageRecord;

/**
 * What a decision and the reactions to it amount to.
 *
 * @param status ACCEPTED, UNSTABLE or REJECTED
 * @param message why it is not plainly accepted, otherwise empty
 */
record Judgement(StageRecord.Status status, String message) {

    /**
     * Applies the reactions. ERROR rejects whatever they are.
     *
     * @param release whether unpaid trade-offs count as a regression
     */
    static Judgement of(GateDecision decision, Reaction onRegression, Reaction onInconclusive, boolean release) {
        boolean owed = release && decision.verdict() == GateVerdict.PASS && !decision.releasable();
        if (owed) {
            return by(onRegression, "A declared trade-off was not repaid: " + decision.summarySentence());
        }
        return switch (decision.verdict()) {
            case PASS -> new Judgement(StageRecord.Status.ACCEPTED, "");
            case REGRESSED -> by(onRegression, decision.summarySentence());
            case INCONCLUSIVE -> by(onInconclusive, decision.summarySentence());
            case ERROR -> new Judgement(StageRecord.Status.REJECTED, decision.summarySentence());
        };
    }

    private static Judgement by(Reaction reaction, String why) {
        return switch (reaction) {
            case FAIL -> new Judgement(StageRecord.Status.REJECTED, why);
            case UNSTABLE -> new Judgement(StageRecord.Status.UNSTABLE, why);
            case CONTINUE -> new Judgement(StageRecord.Status.ACCEPTED, why);
        };
    }
}
