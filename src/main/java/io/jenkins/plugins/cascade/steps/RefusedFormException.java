package io.jenkins.plugins.cascade.steps;

import java.io.PrintWriter;

/** A form that describes no step. Where Jenkins would show a stack trace it shows the sentence alone. */
final class RefusedFormException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param sentence what the reader sees
     * @param cause what came out of Jenkins' data binding
     */
    RefusedFormException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    @Override
    public void printStackTrace(PrintWriter writer) {
        writer.println(getMessage());
    }
}
