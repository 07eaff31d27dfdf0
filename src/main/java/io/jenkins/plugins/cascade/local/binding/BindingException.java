package io.jenkins.plugins.cascade.local.binding;

/** Arguments that do not fit the step; the message names the step and the argument. */
public final class BindingException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A sentence about a step's arguments. */
    public BindingException(String message) {
        super(message);
    }

    /** A sentence that the step's own class gave. */
    public BindingException(String message, Throwable cause) {
        super(message, cause);
    }
}
