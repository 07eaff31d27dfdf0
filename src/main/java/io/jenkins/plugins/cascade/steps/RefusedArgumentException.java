package io.jenkins.plugins.cascade.steps;

import java.util.Locale;

/** An argument that a step refuses: one sentence, English in a build log, in the reader's language under a form's field. */
final class RefusedArgumentException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String[] arguments;

    /**
     * A refusal.
     *
     * @param key of the sentence in {@link Wording}
     * @param arguments what the sentence names: the argument first, the value last
     */
    RefusedArgumentException(String key, Object... arguments) {
        super(Wording.english(key, arguments));
        this.key = key;
        this.arguments = new String[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            this.arguments[i] = String.valueOf(arguments[i]);
        }
    }

    /** The sentence in a language. */
    String in(Locale locale) {
        return Wording.in(locale, key, (Object[]) arguments);
    }
}
