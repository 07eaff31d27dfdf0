package io.jenkins.plugins.cascade.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The kinds of stage a cascade is made of: the three that train (Nemotron-Cascade, arXiv 2512.13607, figure 2) and an evaluation. */
public enum StageKind {
    /** The benchmarks of a model as it is; nothing is trained. */
    @JsonProperty("evaluate")
    EVALUATE,
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
