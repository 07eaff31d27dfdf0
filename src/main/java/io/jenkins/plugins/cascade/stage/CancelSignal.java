package io.jenkins.plugins.cascade.stage;

/** Whether somebody wants a stage to end. Read often and from several threads. */
public interface CancelSignal {
    /** Nobody ever cancels. */
    CancelSignal NEVER = () -> false;

    /** True once the stage shall write a checkpoint and end. */
    boolean requested();

    /** True once waiting for the checkpoint is no longer wanted: the second Ctrl-C. */
    default boolean forced() {
        return false;
    }
}
