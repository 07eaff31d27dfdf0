package io.jenkins.plugins.cascade.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a data file is for, and so which shape its lines have. */
public enum DataRole {
    /** {@code {"messages":[{"role","content"}...],"mode"?}}, the mode {@code think} or {@code no_think}. */
    @JsonProperty("sft")
    SFT,
    /** {@code {"prompt","chosen","rejected"}}. */
    @JsonProperty("preferences")
    PREFERENCES,
    /** {@code {"prompt","mode"?}}, and for RLVR {@code "verifier":{"type",...}}. */
    @JsonProperty("prompts")
    PROMPTS,
    /** As {@link #PROMPTS}, of earlier domains, mixed in by the replay fraction. */
    @JsonProperty("replay")
    REPLAY,
    /** No file but the folder of a finished reward model, a Hugging Face folder with one label and its own tokenizer. */
    @JsonProperty("reward-model")
    REWARD_MODEL
}
