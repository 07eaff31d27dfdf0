package io.jenkins.plugins.cascade.train;

/**
 * The reward of one rollout.
 *
 * @param value the reward; NaN when there is none
 * @param problem why there is none, or null
 * @param switchedLanguage whether the value is the penalty for switching the language
 */
record Reward(double value, String problem, boolean switchedLanguage) {
    static Reward of(double value) {
        return new Reward(value, null, false);
    }

    static Reward missing(String problem) {
        return new Reward(Double.NaN, problem, false);
    }

    static Reward penalty(double value) {
        return new Reward(value, null, true);
    }
}
