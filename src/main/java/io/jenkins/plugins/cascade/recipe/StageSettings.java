package io.jenkins.plugins.cascade.recipe;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;

/** The settings of one stage, all of them effective values: what is not in here does not influence the result. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = EvaluateSettings.class, name = "evaluate"),
    @JsonSubTypes.Type(value = SftSettings.class, name = "sft"),
    @JsonSubTypes.Type(value = RlhfSettings.class, name = "rlhf"),
    @JsonSubTypes.Type(value = RlvrSettings.class, name = "rlvr")
})
public sealed interface StageSettings extends Serializable
        permits EvaluateSettings, SftSettings, RlhfSettings, RlvrSettings {
    /** How many resumable checkpoints are kept, the newest ones, at least 1. */
    int checkpointsKept();

    /** How the stage computes. */
    NumericSettings numerics();
}
