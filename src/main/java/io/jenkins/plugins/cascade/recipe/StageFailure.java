package io.jenkins.plugins.cascade.recipe;

/** A stage that cannot go on; the message is one sentence for a person and the exit code says what may be done about it. */
public class StageFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    /**
     * @param exitCode how the trainer ends
     * @param message what is wrong, where, and what to do
     */
    public StageFailure(ExitCode exitCode, String message) {
        this(exitCode, message, null);
    }

    /**
     * @param exitCode how the trainer ends
     * @param message what is wrong, where, and what to do
     * @param cause what brought it about, or null
     */
    public StageFailure(ExitCode exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** How the trainer ends. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
