package io.jenkins.plugins.cascade.model;

/** The model computes something that is not a number: its weights diverged or its checkpoint is damaged. */
public final class NumericFailureException extends ModelException {
    private static final long serialVersionUID = 1L;

    NumericFailureException(String message) {
        super(message);
    }
}
