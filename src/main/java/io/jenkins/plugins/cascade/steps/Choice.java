package io.jenkins.plugins.cascade.steps;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An argument that is one of a few words: the names of an enumeration in small letters, with hyphens. */
final class Choice {
    private Choice() {}

    /**
     * The word as it was given; null, and nothing as a form sends it, is left to its default.
     *
     * @throws IllegalArgumentException when it is none of the words, which are then named
     */
    static <E extends Enum<E>> String checked(String argument, Class<E> choices, String word) {
        String given = Given.text(word);
        if (given != null && !words(choices).contains(given)) {
            String all =
                    words(choices).stream().map(choice -> "'" + choice + "'").collect(Collectors.joining(", "));
            throw new RefusedArgumentException("choice", argument, all, given);
        }
        return given;
    }

    /** The words in the order of the enumeration. */
    static <E extends Enum<E>> List<String> words(Class<E> choices) {
        return Arrays.stream(choices.getEnumConstants()).map(Choice::word).toList();
    }

    /** The value of a word that went through {@link #checked}. */
    static <E extends Enum<E>> E of(Class<E> choices, String word, E otherwise) {
        return word == null
                ? otherwise
                : Enum.valueOf(choices, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
