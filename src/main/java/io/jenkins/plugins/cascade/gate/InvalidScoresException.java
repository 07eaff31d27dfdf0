package io.jenkins.plugins.cascade.gate;

/** Two sets of scores that cannot be compared; the message is a sentence for a reader. */
final class InvalidScoresException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidScoresException(String message) {
        super(message);
    }
}
