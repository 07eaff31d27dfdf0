package io.jenkins.plugins.cascade.train;

import java.util.List;

/**
 * The rollouts of one prompt with their rewards.
 *
 * @param drawn the prompt
 * @param rollouts the group
 * @param rewards one a rollout
 */
record JudgedGroup(DrawnPrompt drawn, List<Rollout> rollouts, List<Reward> rewards) {
    JudgedGroup {
        rollouts = List.copyOf(rollouts);
        rewards = List.copyOf(rewards);
    }

    /** The rewards, NaN where there is none. */
    double[] values() {
        return rewards.stream().mapToDouble(Reward::value).toArray();
    }

    /**
     * The rewards, NaN also where a rollout takes no part in the update.
     *
     * @param withoutTruncated whether truncated ones take none
     */
    double[] kept(boolean withoutTruncated) {
        double[] kept = values();
        for (int i = 0; i < kept.length; i++) {
            if (withoutTruncated && rollouts.get(i).truncated()) {
                kept[i] = Double.NaN;
            }
        }
        return kept;
    }
}
