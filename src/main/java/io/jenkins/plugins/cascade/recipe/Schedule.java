package io.jenkins.plugins.cascade.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the learning rate goes from its maximum, after the warm-up, to its minimum at the last step. */
public enum Schedule {
    @JsonProperty("constant")
    CONSTANT,
    @JsonProperty("linear")
    LINEAR,
    @JsonProperty("cosine")
    COSINE
}
