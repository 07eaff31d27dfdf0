package io.jenkins.plugins.cascade.steps;

import java.util.Locale;
import java.util.Optional;

/** Finds the sentence of a constructor or a setter in what Jenkins' data binding wraps around it. */
final class Refusals {
    private Refusals() {}

    /**
     * The sentence in a language.
     *
     * @param wrapped what the data binding threw
     * @return empty when the innermost cause is nobody's refusal, such as a value of a wrong type
     */
    static Optional<String> sentence(Throwable wrapped, Locale locale) {
        Throwable innermost = wrapped;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        if (innermost instanceof RefusedArgumentException refused) {
            return Optional.of(refused.in(locale));
        }
        return innermost instanceof IllegalArgumentException
                ? Optional.ofNullable(innermost.getMessage())
                : Optional.empty();
    }
}
