package io.jenkins.plugins.cascade.verify.math;

/** A text outside the answer grammar. */
class NotMathematicsException extends Exception {

    private static final long serialVersionUID = 1L;

    NotMathematicsException(String message) {
        super(message, null, false, false);
    }
}
