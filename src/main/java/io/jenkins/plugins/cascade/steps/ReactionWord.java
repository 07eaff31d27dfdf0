package io.jenkins.plugins.cascade.steps;

import io.jenkins.plugins.cascade.stage.Reaction;

/** An argument that says what a verdict does to the build; the default is {@code fail}. */
final class ReactionWord {
    private ReactionWord() {}

    /** The reaction of an argument that went through {@link #checked}. */
    static Reaction of(String argument, String word) {
        return word == null ? Reaction.FAIL : Reaction.of(argument, word);
    }

    /** The word as it can be kept; nothing, and the default, is null. */
    static String checked(String argument, String word) {
        Reaction reaction = of(argument, Given.text(word));
        return reaction == Reaction.FAIL ? null : reaction.word();
    }
}
