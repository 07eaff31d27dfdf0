package io.jenkins.plugins.cascade.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which prompts are passed over because their rollouts teach nothing. */
public enum PromptFilter {
    /** None. */
    @JsonProperty("none")
    NONE,
    /** In every step, groups whose rewards do not differ are dropped and others drawn in their place (DAPO, arXiv 2503.14476; IF-RL). */
    @JsonProperty("batch")
    BATCH,
    /** In every epoch, prompts that were always or never solved at their last visit are left out, but for a few (Math RL). */
    @JsonProperty("epoch")
    EPOCH
}
