package io.jenkins.plugins.cascade.local.build;

/** The workspace cannot be used; the message says why and what to do. */
public final class WorkspaceException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A refusal. */
    public WorkspaceException(String message) {
        super(message);
    }

    /** A refusal with its cause. */
    public WorkspaceException(String message, Throwable cause) {
        super(message, cause);
    }
}
