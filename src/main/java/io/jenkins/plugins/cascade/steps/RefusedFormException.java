package io.jenkins.plugins.cascade.steps;

import java.io.PrintWriter;
import org.jvnet.localizer.LocaleProvider;

/** A form that describes no step. Where Jenkins would show a stack trace it shows the sentence alone. */
final class RefusedFormException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private RefusedFormException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /**
     * The refusal behind what Jenkins made of it.
     *
     * @param wrapped what came out of Jenkins' data binding
     */
    static RefusedFormException of(Throwable wrapped) {
        String sentence = wrapped.getMessage();
        for (Throwable cause = wrapped; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedArgumentException refused) {
                return new RefusedFormException(refused.in(LocaleProvider.getLocale()), wrapped);
            }
            if (cause instanceof IllegalArgumentException && cause.getMessage() != null) {
                sentence = cause.getMessage();
            }
        }
        return new RefusedFormException(sentence, wrapped);
    }

    @Override
    public void printStackTrace(PrintWriter writer) {
        writer.println(getMessage());
    }
}
