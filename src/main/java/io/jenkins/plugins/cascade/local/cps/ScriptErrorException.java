package io.jenkins.plugins.cascade.local.cps;

/** The Groovy code failed with an Error, such as a failed assertion or an unknown step; the cause is that Error. */
public final class ScriptErrorException extends Exception {
    private static final long serialVersionUID = 1L;

    ScriptErrorException(Throwable cause) {
        super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    }
}
