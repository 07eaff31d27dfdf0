package io.jenkins.plugins.cascade.stage;

/** A stage that cannot start, or whose files cannot be used; the message is one sentence for people. */
public class StageException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With the sentence. */
    public StageException(String message) {
        super(message);
    }

    /** With the sentence and what was behind it. */
    public StageException(String message, Throwable cause) {
        super(message, cause);
    }
}
