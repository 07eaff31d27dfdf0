package io.jenkins.plugins.cascade.steps;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Arguments that are lists of numbers; in a form, numbers with blanks or commas between them. */
final class Lengths {
    private Lengths() {}

    /**
     * Numbers of tokens; nothing is null.
     *
     * @throws IllegalArgumentException when an entry is no whole number of at least 1
     */
    static ArrayList<Integer> checked(String argument, Object value) {
        return checked(
                value, entry -> Range.atLeast(argument, 1, FieldCheck.wholeNumber(argument, String.valueOf(entry))));
    }

    /**
     * Temperatures; nothing is null.
     *
     * @throws IllegalArgumentException when an entry is no number above 0
     */
    static ArrayList<Double> temperatures(String argument, Object value) {
        return checked(value, entry -> Range.above(argument, 0, FieldCheck.number(argument, String.valueOf(entry))));
    }

    private static <T> ArrayList<T> checked(Object value, Function<Object, T> number) {
        if (value == null || value instanceof CharSequence text && Given.text(text.toString()) == null) {
            return null;
        }
        ArrayList<T> numbers = new ArrayList<>();
        entries(value).forEach(entry -> numbers.add(number.apply(entry)));
        return numbers;
    }

    private static List<?> entries(Object value) {
        if (value instanceof CharSequence text) {
            return Arrays.asList(text.toString().strip().split("[,\\s]+"));
        }
        return value instanceof List<?> list ? list : List.of(value);
    }
}
