package io.jenkins.plugins.cascade.steps;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** An argument that is one of a few words: the names of an enumeration in small letters, with hyphens. */
final class Choice {
    private Choice() {}

    /**
     * The word as it was given; null is left to its default.
     *
     * @throws IllegalArgumentException when it is none of the words, which are then named
     */
    static <E extends Enum<E>> String checked(String argument, Class<E> choices, String word) {
        boolean known = Arrays.stream(choices.getEnumConstants())
                .anyMatch(choice -> word(choice).equals(word));
        if (word != null && !known) {
            String words = Arrays.stream(choices.getEnumConstants())
                    .map(choice -> "'" + word(choice) + "'")
                    .collect(Collectors.joining(", "));
            throw new IllegalArgumentException(argument + " must be one of " + words + ", but is '" + word + "'");
        }
        return word;
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
