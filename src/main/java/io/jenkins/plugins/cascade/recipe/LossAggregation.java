package io.jenkins.plugins.cascade.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the losses of a step's tokens become one number. */
public enum LossAggregation {
    /** Sum over all tokens of all rollouts, divided by their number: every token counts alike (the paper, section 4.1.2; DAPO). */
    @JsonProperty("token")
    TOKEN,
    /** Mean over the rollouts of the mean over their tokens: every rollout counts alike (GRPO as first published, arXiv 2402.03300). */
    @JsonProperty("sequence")
    SEQUENCE
}
