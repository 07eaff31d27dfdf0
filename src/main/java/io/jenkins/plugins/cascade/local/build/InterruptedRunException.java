package io.jenkins.plugins.cascade.local.build;

/** A step, or the Groovy code between steps, was interrupted; Jenkins' FlowInterruptedException. */
public final class InterruptedRunException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Interruption interruption;

    /** Stops what runs. */
    public InterruptedRunException(Interruption interruption) {
        super(interruption.reason());
        this.interruption = interruption;
    }

    /** Why. */
    public Interruption interruption() {
        return interruption;
    }
}
