package io.jenkins.plugins.cascade.train;

/**
 * The reward of one rollout.
 *
 * @param value the reward; NaN when there is none
 * @param problem why there is none, or null
 */
record Reward(double value, String problem) {
    static Reward of(double value) {
        return new Reward(value, null);
    }

    static Reward missing(String problem) {
        return new Reward(Double.NaN, problem);
    }
}
