package io.jenkins.plugins.cascade.track;

/** How a run ended, in MLflow's words. A run that has not ended is RUNNING there. */
public enum RunStatus {
    /** The run did what it was started for. */
    FINISHED,
    /** The run ended with an error, or the process that wrote its journal died. */
    FAILED,
    /** A person or a time limit stopped the run. */
    KILLED
}
