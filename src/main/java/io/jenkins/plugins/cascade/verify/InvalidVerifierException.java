package io.jenkins.plugins.cascade.verify;

/** A verifier specification that cannot be used; the message is one sentence for the author of the data. */
public class InvalidVerifierException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** @param message what is wrong and what to do */
    public InvalidVerifierException(String message) {
        super(message);
    }
}
