package io.jenkins.plugins.cascade.train;

/**
 * Group-normalised advantages, {@code (r - mean) / std} over the rollouts of one prompt (Nemotron-Cascade, arXiv 2512.13607, section
 * 4.1.2). The standard deviation is the sample's, with n - 1, as in verl, the framework of the paper.
 */
final class GroupAdvantage {
    private GroupAdvantage() {}

    /**
     * @param rewards one a rollout; NaN for one that is left out of the group's mean and standard deviation
     * @param minStd lower bound of the divisor; 0 divides by the standard deviation itself
     * @param divideByStd false leaves the division out: {@code r - mean} (Dr. GRPO, arXiv 2503.20783)
     * @return one a rollout; NaN where the reward is; all 0 when the rewards do not differ or fewer than two are left
     */
    static double[] of(double[] rewards, double minStd, boolean divideByStd) {
        double mean = mean(rewards);
        double std = std(rewards);
        double[] advantages = new double[rewards.length];
        double divisor = divideByStd ? Math.max(std, minStd) : 1;
        for (int i = 0; i < rewards.length; i++) {
            advantages[i] = std > 0 ? (rewards[i] - mean) / divisor : 0 * rewards[i];
        }
        return advantages;
    }

    /**
     * {@code tanh((r - mean) / std)} in place of every reward, for a weak reward model (section 4.2, table 10).
     *
     * @param rewards one a rollout; NaN for one that is left out
     * @return one a rollout, between -1 and 1; NaN where the reward is; all 0 when the rewards do not differ
     */
    static double[] squashed(double[] rewards) {
        double[] squashed = of(rewards, 0, true);
        for (int i = 0; i < squashed.length; i++) {
            squashed[i] = Math.tanh(squashed[i]);
        }
        return squashed;
    }

    /** Mean of the rewards that are not NaN; NaN without any. */
    static double mean(double[] rewards) {
        double sum = 0;
        int count = 0;
        for (double reward : rewards) {
            if (!Double.isNaN(reward)) {
                sum += reward;
                count++;
            }
        }
        return sum / count;
    }

    /** Standard deviation (n - 1) of the rewards that are not NaN; exactly 0 when they do not differ or fewer than two are left. */
    static double std(double[] rewards) {
        double mean = mean(rewards);
        double squares = 0;
        int count = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double reward : rewards) {
            if (!Double.isNaN(reward)) {
                squares += (reward - mean) * (reward - mean);
                count++;
                least = Math.min(least, reward);
                most = Math.max(most, reward);
            }
        }
        return count < 2 || least == most ? 0 : Math.sqrt(squares / (count - 1));
    }
}
