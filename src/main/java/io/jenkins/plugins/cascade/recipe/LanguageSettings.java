package io.jenkins.plugins.cascade.recipe;

import java.io.Serializable;

/**
 * The penalty for a rollout that switches its language, as told by its script (paper, sections 4.3 to 4.6).
 *
 * @param rule what it gets
 * @param value a reward, or what is added to the least one
 */
public record LanguageSettings(LanguageRule rule, double value) implements Serializable {
    /** No penalty. */
    public static final LanguageSettings OFF = new LanguageSettings(LanguageRule.OFF, 0);

    public LanguageSettings {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("The reward of a language switch must be a number, but is " + value);
        }
        if (rule == LanguageRule.BELOW_MINIMUM && value >= 0) {
            throw new IllegalArgumentException(
                    "The reward of a language switch must be below 0 where it is added to the least reward, but is "
                            + value);
        }
    }
}
