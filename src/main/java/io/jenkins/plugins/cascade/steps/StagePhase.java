package io.jenkins.plugins.cascade.steps;

/** How far a stage's execution is; written to program.dat. */
enum StagePhase {
    /** The trainer is not known to run: its jar, its order and its process are brought to the agent. */
    STARTING,
    /** The trainer runs and is followed. */
    RUNNING,
    /** The trainer has ended and the stage is judged. */
    FINISHING,
    /** The stage is accepted and its checkpoint is sent to MLflow. */
    SENDING
}
