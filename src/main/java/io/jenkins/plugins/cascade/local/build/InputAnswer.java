package io.jenkins.plugins.cascade.local.build;

/** Who answers the step {@code input} in a local run. */
public enum InputAnswer {
    /** The person at the terminal; without a terminal nobody, and the build is aborted. */
    ASK,
    /** Everything is approved: for a run that nobody watches. */
    PROCEED,
    /** Everything is rejected. */
    ABORT
}
