package io.jenkins.plugins.cascade.local.build;

/** A step failed for a reason that its message tells; no stack trace is shown, as with Jenkins' AbortException. */
public final class StepFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A failure. */
    public StepFailedException(String message) {
        super(message);
    }

    /** A failure with its cause. */
    public StepFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
