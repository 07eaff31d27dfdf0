package io.jenkins.plugins.cascade.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a rollout gets that leaves the prompt's language. */
public enum LanguageRule {
    /** Its own reward: nobody looks. */
    @JsonProperty("off")
    OFF,
    /** The given value in place of its reward (the paper: -1 for mathematics; 0 for code, where -1 hurt). */
    @JsonProperty("fixed")
    FIXED,
    /** The least reward of the step plus the given value, which is below 0 (the paper: -10 for RLHF). */
    @JsonProperty("below-minimum")
    BELOW_MINIMUM
}
