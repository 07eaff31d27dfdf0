package io.jenkins.plugins.cascade.verify.code;

/** The sandbox itself failed; nothing is known about the program. */
class SandboxException extends Exception {

    private static final long serialVersionUID = 1L;
    private final boolean late;

    /** @param late whether it did not answer in time rather than breaking */
    SandboxException(String message, boolean late, Throwable cause) {
        super(message, cause);
        this.late = late;
    }

    boolean isLate() {
        return late;
    }
}
