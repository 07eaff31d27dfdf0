package io.jenkins.plugins.cascade.steps;

import hudson.model.Item;
import hudson.util.FormValidation;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jvnet.localizer.LocaleProvider;

/**
 * Validation while typing. It hands the value to the setter that a Jenkinsfile's argument goes through, so a form refuses what a build
 * would refuse, in the same words.
 */
final class FieldCheck {
    private FieldCheck() {}

    /** A whole number, or nothing. */
    static FormValidation whole(Item item, String argument, String value, Consumer<Integer> setter) {
        return checked(item, value, text -> wholeNumber(argument, text), setter);
    }

    /** A number, or nothing. */
    static FormValidation decimal(Item item, String argument, String value, Consumer<Double> setter) {
        return checked(item, value, text -> number(argument, text), setter);
    }

    /** A text; nothing is handed on as null. */
    static FormValidation text(Item item, String value, Consumer<String> setter) {
        return checked(item, value, Function.identity(), setter);
    }

    /** The reader's sentence about a value that a setter refuses; empty where it takes it. */
    static <T> Optional<String> refusal(String value, Function<String, T> parser, Consumer<T> setter, Locale locale) {
        try {
            String given = Given.text(value);
            setter.accept(given == null ? null : parser.apply(given));
            return Optional.empty();
        } catch (RefusedArgumentException e) {
            return Optional.of(e.in(locale));
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Refuses a value with a sentence that somebody else found. */
    static void refuse(RefusedArgumentException refusal) {
        throw refusal;
    }

    static Integer wholeNumber(String argument, String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new RefusedArgumentException("notWhole", argument, text);
        }
    }

    static Long longNumber(String argument, String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new RefusedArgumentException("notWhole", argument, text);
        }
    }

    static Double number(String argument, String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            throw new RefusedArgumentException("notNumber", argument, text);
        }
    }

    /** Any value, by a parser of its own. */
    static <T> FormValidation checked(Item item, String value, Function<String, T> parser, Consumer<T> setter) {
        if (!FormAccess.mayCheck(item)) {
            return FormValidation.ok();
        }
        return refusal(value, parser, setter, LocaleProvider.getLocale())
                .map(FormValidation::error)
                .orElseGet(FormValidation::ok);
    }
}
