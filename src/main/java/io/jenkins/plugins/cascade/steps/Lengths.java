package io.jenkins.plugins.cascade.steps;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An argument that is a list of numbers of tokens; in a form, numbers with blanks or commas between them. */
final class Lengths {
    private Lengths() {}

    /**
     * The numbers; nothing is null.
     *
     * @throws IllegalArgumentException when an entry is no whole number of at least 1
     */
    static ArrayList<Integer> checked(String argument, Object value) {
        if (value == null || value instanceof CharSequence text && Given.text(text.toString()) == null) {
            return null;
        }
        ArrayList<Integer> lengths = new ArrayList<>();
        for (Object entry : entries(value)) {
            lengths.add(Range.atLeast(argument, 1, FieldCheck.wholeNumber(argument, String.valueOf(entry))));
        }
        return lengths;
    }

    private static List<?> entries(Object value) {
        if (value instanceof CharSequence text) {
            return Arrays.asList(text.toString().strip().split("[,\\s]+"));
        }
        return value instanceof List<?> list ? list : List.of(value);
    }
}
