package io.jenkins.plugins.cascade.stage;

import java.util.Arrays;
import java.util.Locale;

/** What a verdict that is not a pass does to the build. A comparison in ERROR always fails, whatever the reaction. */
public enum Reaction {
    /** The stage is rejected and the build fails. */
    FAIL,
    /** The stage is kept with a mark, the build becomes unstable and goes on. */
    UNSTABLE,
    /** The stage is accepted and the build goes on. */
    CONTINUE;

    /** The word in a Jenkinsfile: {@code fail}, {@code unstable} or {@code continue}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The reaction of that word.
     *
     * @param argument name of the step's argument, for the message
     * @throws IllegalArgumentException for any other word
     */
    public static Reaction of(String argument, String word) {
        return Arrays.stream(values())
                .filter(reaction -> reaction.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        argument + " must be 'fail', 'unstable' or 'continue', but is '" + word + "'"));
    }
}
