package io.jenkins.plugins.cascade.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.recipe.DataFile;
import io.jenkins.plugins.cascade.recipe.StageKind;
import java.util.List;
import java.util.Map;

/**
 * All that is known of one stage. Made and changed with a {@link StageRecordBuilder}; what is not known yet is null, empty or 0.
 *
 * @param name the stage's name, unique in the cascade
 * @param kind what kind of stage
 * @param domain of an RLVR stage; null otherwise
 * @param key content key, {@code sha256:...}; null until the data are hashed
 * @param parent name of the stage whose checkpoint it started from; null for the first
 * @param status where it stands
 * @param reused whether an earlier result with the same key was taken
 * @param reuseReason why it was reused, or why not; empty when not asked
 * @param checkpoint the finished model's folder, relative to the workspace; null until finished
 * @param checkpointDigest {@code sha256:} over the folder; null until finished
 * @param modelDigest digest of the model that it started from; null until known, and in records of earlier versions
 * @param data the files it trained on; none of an evaluation
 * @param settings the effective settings as they were written then, so that a record stays readable when settings gain fields; null
 *     until known
 * @param seed the seed
 * @param scores benchmark to score, sorted by name; empty until evaluated
 * @param gate the decision against {@code baseline}; null where none was taken
 * @param baseline what the gate compared with: {@code parent}, {@code anchor} or a name; null where there is no gate
 * @param onRegression {@code fail}, {@code unstable} or {@code continue}; null where there is no gate
 * @param onInconclusive {@code fail}, {@code unstable} or {@code continue}; null where there is no gate
 * @param trainSeconds time of training, over all resumes
 * @param evaluateSeconds time of the evaluation
 * @param trainedTokens tokens that went through a gradient computation
 * @param sampledTokens tokens generated in training
 * @param mlflowRunId MLflow run; null where it is not tracked
 * @param mlflowUrl page of that run; null where there is none
 * @param directory the stage's directory, relative to the workspace; null until it exists
 * @param message one sentence for people: why it failed, was stopped or rejected; otherwise empty
 */
public record StageRecord(
        String name,
        StageKind kind,
        String domain,
        String key,
        String parent,
        Status status,
        boolean reused,
        String reuseReason,
        String checkpoint,
        String checkpointDigest,
        String modelDigest,
        List<DataFile> data,
        JsonNode settings,
        long seed,
        Map<String, ScoreSummary> scores,
        GateDecision gate,
        String baseline,
        String onRegression,
        String onInconclusive,
        double trainSeconds,
        double evaluateSeconds,
        long trainedTokens,
        long sampledTokens,
        String mlflowRunId,
        String mlflowUrl,
        String directory,
        String message) {

    /** Where a stage or a gate stands. */
    public enum Status {
        /** Launched and not finished. */
        @JsonProperty("running")
        RUNNING,
        /** Finished, and no gate objects: the next stage may start. */
        @JsonProperty("accepted")
        ACCEPTED,
        /** Finished; the gate objects, the policy lets the cascade go on with a mark. */
        @JsonProperty("unstable")
        UNSTABLE,
        /** Finished; the gate objects and the cascade ends. */
        @JsonProperty("rejected")
        REJECTED,
        /** Training or evaluation failed. */
        @JsonProperty("failed")
        FAILED,
        /** Stopped on request; can be resumed. */
        @JsonProperty("stopped")
        STOPPED
    }

    public StageRecord {
        RecordCheck.notBlank("stage name", name);
        RecordCheck.notNull("kind", kind);
        RecordCheck.notNull("status", status);
        RecordCheck.inside("checkpoint", checkpoint);
        RecordCheck.inside("directory", directory);
        RecordCheck.notNegative("trainSeconds", trainSeconds);
        RecordCheck.notNegative("evaluateSeconds", evaluateSeconds);
        RecordCheck.notNegative("trainedTokens", trainedTokens);
        RecordCheck.notNegative("sampledTokens", sampledTokens);
        data = RecordCheck.list(data);
        scores = RecordCheck.map(scores);
        settings = settings == null || settings.isNull() || settings.isMissingNode() ? null : settings.deepCopy();
        reuseReason = reuseReason == null ? "" : reuseReason;
        message = message == null ? "" : message;
    }

    /** A copy of the settings, so that nobody changes the record; null where they are not known. */
    @Override
    public JsonNode settings() {
        return settings == null ? null : settings.deepCopy();
    }

    /** The start of a stage's record: running, everything else unknown. */
    public static StageRecordBuilder builder(String name, StageKind kind) {
        return new StageRecordBuilder(name, kind);
    }

    /** A builder that holds all of this record, to change some of it. */
    public StageRecordBuilder toBuilder() {
        return new StageRecordBuilder(this);
    }
}
