package io.jenkins.plugins.cascade.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.DataFile;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.recipe.StageSettings;
import java.util.List;
import java.util.Map;

/** Makes a {@link StageRecord} field by field, or a changed copy of one. Every setter names the field that it sets and returns this. */
public final class StageRecordBuilder {
    private final String name;
    private final StageKind kind;
    private String domain;
    private String key;
    private String parent;
    private StageRecord.Status status = StageRecord.Status.RUNNING;
    private boolean reused;
    private String reuseReason = "";
    private String checkpoint;
    private String checkpointDigest;
    private String modelDigest;
    private List<DataFile> data = List.of();
    private JsonNode settings;
    private long seed;
    private Map<String, ScoreSummary> scores = Map.of();
    private GateDecision gate;
    private String baseline;
    private String onRegression;
    private String onInconclusive;
    private double trainSeconds;
    private double evaluateSeconds;
    private long trainedTokens;
    private long sampledTokens;
    private String mlflowRunId;
    private String mlflowUrl;
    private String directory;
    private String message = "";

    StageRecordBuilder(String name, StageKind kind) {
        this.name = name;
        this.kind = kind;
    }

    StageRecordBuilder(StageRecord from) {
        this(from.name(), from.kind());
        domain = from.domain();
        key = from.key();
        parent = from.parent();
        status = from.status();
        reused = from.reused();
        reuseReason = from.reuseReason();
        checkpoint = from.checkpoint();
        checkpointDigest = from.checkpointDigest();
        modelDigest = from.modelDigest();
        data = from.data();
        settings = from.settings();
        seed = from.seed();
        scores = from.scores();
        gate = from.gate();
        baseline = from.baseline();
        onRegression = from.onRegression();
        onInconclusive = from.onInconclusive();
        trainSeconds = from.trainSeconds();
        evaluateSeconds = from.evaluateSeconds();
        trainedTokens = from.trainedTokens();
        sampledTokens = from.sampledTokens();
        mlflowRunId = from.mlflowRunId();
        mlflowUrl = from.mlflowUrl();
        directory = from.directory();
        message = from.message();
    }

    public StageRecordBuilder domain(String value) {
        domain = value;
        return this;
    }

    public StageRecordBuilder key(String value) {
        key = value;
        return this;
    }

    public StageRecordBuilder parent(String value) {
        parent = value;
        return this;
    }

    public StageRecordBuilder status(StageRecord.Status value) {
        status = value;
        return this;
    }

    /** Whether an earlier result was taken, and why it was or was not. */
    public StageRecordBuilder reused(boolean isReused, String reason) {
        reused = isReused;
        reuseReason = reason;
        return this;
    }

    public StageRecordBuilder checkpoint(String value) {
        checkpoint = value;
        return this;
    }

    public StageRecordBuilder checkpointDigest(String value) {
        checkpointDigest = value;
        return this;
    }

    public StageRecordBuilder modelDigest(String value) {
        modelDigest = value;
        return this;
    }

    public StageRecordBuilder data(List<DataFile> value) {
        data = List.copyOf(value);
        return this;
    }

    public StageRecordBuilder settings(StageSettings value) {
        return settings(CanonicalJson.MAPPER.<JsonNode>valueToTree(value));
    }

    /** The settings as they were written, for example in an older record. */
    public StageRecordBuilder settings(JsonNode value) {
        settings = value == null ? null : value.deepCopy();
        return this;
    }

    public StageRecordBuilder seed(long value) {
        seed = value;
        return this;
    }

    public StageRecordBuilder scores(Map<String, ScoreSummary> value) {
        scores = Map.copyOf(value);
        return this;
    }

    /** The gate's decision and what it was measured against. */
    public StageRecordBuilder gate(GateDecision decision, String against) {
        gate = decision;
        baseline = against;
        return this;
    }

    /** What the two answers of a gate lead to: {@code fail}, {@code unstable} or {@code continue}. */
    public StageRecordBuilder policy(String regression, String inconclusive) {
        onRegression = regression;
        onInconclusive = inconclusive;
        return this;
    }

    public StageRecordBuilder trainSeconds(double value) {
        trainSeconds = value;
        return this;
    }

    public StageRecordBuilder evaluateSeconds(double value) {
        evaluateSeconds = value;
        return this;
    }

    public StageRecordBuilder trainedTokens(long value) {
        trainedTokens = value;
        return this;
    }

    public StageRecordBuilder sampledTokens(long value) {
        sampledTokens = value;
        return this;
    }

    public StageRecordBuilder mlflowRunId(String value) {
        mlflowRunId = value;
        return this;
    }

    public StageRecordBuilder mlflowUrl(String value) {
        mlflowUrl = value;
        return this;
    }

    public StageRecordBuilder directory(String value) {
        directory = value;
        return this;
    }

    public StageRecordBuilder message(String value) {
        message = value;
        return this;
    }

    /**
     * The record.
     *
     * @throws IllegalArgumentException when a field holds what it must not, see {@link StageRecord}
     */
    public StageRecord build() {
        return new StageRecord(
                name,
                kind,
                domain,
                key,
                parent,
                status,
                reused,
                reuseReason,
                checkpoint,
                checkpointDigest,
                modelDigest,
                data,
                settings,
                seed,
                scores,
                gate,
                baseline,
                onRegression,
                onInconclusive,
                trainSeconds,
                evaluateSeconds,
                trainedTokens,
                sampledTokens,
                mlflowRunId,
                mlflowUrl,
                directory,
                message);
    }
}
