package io.jenkins.plugins.cascade.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The three kinds of stage a cascade is made of (Nemotron-Cascade, arXiv 2512.13607, figure 2). */
public enum StageKind {
    /** Supervised fine-tuning on conversations. */
    @JsonProperty("sft")
    SFT,
    /** A Bradley-Terry reward model from preferences, then GRPO on its score. */
    @JsonProperty("rlhf")
    RLHF,
    /** GRPO on the verifiable reward of one domain. */
    @JsonProperty("rlvr")
    RLVR
}
