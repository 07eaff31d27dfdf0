package io.jenkins.plugins.cascade.train;

import io.jenkins.plugins.cascade.model.WeightedSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one GRPO update trains on. On-policy the importance ratio is exactly 1, so the gradient of equation 1 (Nemotron-Cascade, arXiv
 * 2512.13607, section 4.1.2) is that of {@code -sum_i A_i sum_t log p_it / sum_i T_i}: a weight {@code A_i / tokens} on every token of
 * rollout i, where all kept rollouts count as tokens, those of advantage 0 too.
 *
 * @param sequences the rollouts with an advantage other than 0, prompt tokens without weight
 * @param tokens tokens of all kept rollouts, the divisor
 * @param zeroSpreadGroups groups whose kept rewards do not differ, which teach nothing
 */
record PolicyBatch(List<WeightedSequence> sequences, long tokens, int zeroSpreadGroups) {
    PolicyBatch {
        sequences = List.copyOf(sequences);
    }

    /**
     * Builds the update of one step.
     *
     * @param rollouts the rollouts, a group after the other
     * @param rewards one a rollout, NaN for one that is left out
     * @param groupSize rollouts a group; divides their number
     * @param minStd lower bound of the standard deviation in the advantage
     */
    static PolicyBatch of(List<Rollout> rollouts, double[] rewards, int groupSize, double minStd) {
        double[] advantages = new double[rewards.length];
        int zeroSpread = 0;
        long tokens = 0;
        for (int start = 0; start < rewards.length; start += groupSize) {
            double[] group = Arrays.copyOfRange(rewards, start, start + groupSize);
            System.arraycopy(GroupAdvantage.of(group, minStd), 0, advantages, start, groupSize);
            zeroSpread += GroupAdvantage.std(group) == 0 ? 1 : 0;
        }
        for (int i = 0; i < rewards.length; i++) {
            tokens += Double.isNaN(rewards[i]) ? 0 : rollouts.get(i).tokens().length;
        }
        List<WeightedSequence> sequences = new ArrayList<>();
        for (int i = 0; i < rewards.length; i++) {
            if (!Double.isNaN(advantages[i]) && advantages[i] != 0) {
                sequences.add(weighted(rollouts.get(i), (float) (advantages[i] / tokens)));
            }
        }
        return new PolicyBatch(sequences, tokens, zeroSpread);
    }

    private static WeightedSequence weighted(Rollout rollout, float weight) {
        int[] prompt = rollout.task().tokens();
        int[] tokens = Arrays.copyOf(prompt, prompt.length + rollout.tokens().length);
        System.arraycopy(rollout.tokens(), 0, tokens, prompt.length, rollout.tokens().length);
        float[] weights = new float[tokens.length];
        Arrays.fill(weights, prompt.length, tokens.length, weight);
        return new WeightedSequence(tokens, weights);
    }
}
