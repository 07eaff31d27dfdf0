package io.jenkins.plugins.cascade.recipe;

/** The three models that the paper trained, each with its own column of values (Nemotron-Cascade, arXiv 2512.13607v2, tables 14 to 20). */
public enum PaperModel {
    /** 8B parameters, thinks or answers at once as it is asked. */
    UNIFIED_8B,
    /** 8B parameters, always thinks. */
    THINKING_8B,
    /** 14B parameters, always thinks. */
    THINKING_14B
}
