package io.jenkins.plugins.cascade.report;

import io.jenkins.plugins.cascade.gate.GateDecision;

/**
 * A gate that belongs to no single stage, for example the last checkpoint against the anchor.
 *
 * @param name name for people, unique in the cascade
 * @param baseline name of the stage it is measured against, or how else the baseline was given
 * @param candidate name of the stage that is judged, or how else it was given
 * @param gate the decision
 * @param onRegression {@code fail}, {@code unstable} or {@code continue}
 * @param onInconclusive {@code fail}, {@code unstable} or {@code continue}
 * @param status what the decision and the two policies amount to
 * @param message one sentence for people, or empty
 */
public record GateRecord(
        String name,
        String baseline,
        String candidate,
        GateDecision gate,
        String onRegression,
        String onInconclusive,
        StageRecord.Status status,
        String message) {
    public GateRecord {
        RecordCheck.notBlank("gate name", name);
        RecordCheck.notBlank("baseline", baseline);
        RecordCheck.notBlank("candidate", candidate);
        RecordCheck.notNull("gate", gate);
        RecordCheck.notNull("status", status);
        message = message == null ? "" : message;
    }
}
