package io.jenkins.plugins.cascade.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** In which mode a model that can think and answer at once is asked (paper, section 3.1.2). */
public enum ModeMix {
    /** As the data say: in the line's {@code mode}, or with no flag. */
    @JsonProperty("as-written")
    AS_WRITTEN,
    /** {@code /think} after every turn of the user. */
    @JsonProperty("think")
    THINK,
    /** {@code /no_think} after every turn of the user (the paper's instruction following of the unified model). */
    @JsonProperty("no-think")
    NO_THINK,
    /** Every second prompt of a step in each mode (the paper's RLHF of the unified model, section 6.1). */
    @JsonProperty("half")
    HALF
}
