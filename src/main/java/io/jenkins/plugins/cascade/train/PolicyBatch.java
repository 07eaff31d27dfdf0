package io.jenkins.plugins.cascade.train;

import io.jenkins.plugins.cascade.model.Anchor;
import io.jenkins.plugins.cascade.model.WeightedSequence;
import io.jenkins.plugins.cascade.recipe.GrpoSettings;
import io.jenkins.plugins.cascade.recipe.LossAggregation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one GRPO update trains on. On-policy the importance ratio is exactly 1, so the gradient of equation 1 (Nemotron-Cascade, arXiv
 * 2512.13607, section 4.1.2) is that of {@code -sum_i A_i sum_t log p_it / sum_i T_i}: a weight {@code A_i / tokens} on every token of
 * rollout i, where all kept rollouts count as tokens, those of advantage 0 too. Aggregated by sequence the weight is
 * {@code A_i / (rollouts T_i)}. The divergence from a reference has the same weights with its coefficient in place of the advantage.
 *
 * @param sequences the rollouts with an advantage other than 0, or all kept ones under a divergence; prompt tokens without weight
 * @param tokens tokens of all kept rollouts
 * @param zeroSpreadGroups groups whose kept rewards do not differ, which teach nothing
 */
record PolicyBatch(List<WeightedSequence> sequences, long tokens, int zeroSpreadGroups) {
    PolicyBatch {
        sequences = List.copyOf(sequences);
    }

    /** Gives the log probabilities of a reference for sequences of prompt and answer, {@code [i][t]}, 0 for the first token. */
    @FunctionalInterface
    interface Reference {
        /** One row a sequence. */
        float[][] logProbs(List<int[]> sequences);
    }

    /**
     * Builds the update of one step.
     *
     * @param rollouts the rollouts, a group after the other
     * @param rewards one a rollout, NaN for one that is left out
     * @param settings group size, which divides the number of rollouts, and the loss
     * @param reference asked for the kept rollouts if the divergence has a coefficient
     */
    static PolicyBatch of(List<Rollout> rollouts, double[] rewards, GrpoSettings settings, Reference reference) {
        int groupSize = settings.groupSize();
        double[] advantages = new double[rewards.length];
        int zeroSpread = 0;
        for (int start = 0; start < rewards.length; start += groupSize) {
            double[] group = Arrays.copyOfRange(rewards, start, start + groupSize);
            double[] shaped = settings.loss().tanhReward() ? GroupAdvantage.squashed(group) : group;
            double[] normalised =
                    GroupAdvantage.of(shaped, settings.minStd(), settings.loss().divideByStd());
            System.arraycopy(normalised, 0, advantages, start, groupSize);
            zeroSpread += GroupAdvantage.std(group) == 0 ? 1 : 0;
        }
        double coefficient = settings.loss().klCoefficient();
        List<Integer> kept = new ArrayList<>();
        List<Integer> trained = new ArrayList<>();
        for (int i = 0; i < rewards.length; i++) {
            if (!Double.isNaN(rewards[i])) {
                kept.add(i);
                if (advantages[i] != 0 || coefficient > 0) {
                    trained.add(i);
                }
            }
        }
        long tokens =
                kept.stream().mapToLong(i -> rollouts.get(i).tokens().length).sum();
        List<int[]> texts =
                trained.stream().map(i -> rollouts.get(i).withPrompt()).toList();
        float[][] anchors = coefficient > 0 ? reference.logProbs(texts) : null;
        List<WeightedSequence> sequences = new ArrayList<>();
        for (int at = 0; at < trained.size(); at++) {
            int i = trained.get(at);
            int length = rollouts.get(i).tokens().length;
            double share =
                    settings.loss().aggregation() == LossAggregation.TOKEN ? tokens : (double) kept.size() * length;
            float[] weights = onAnswer(texts.get(at), length, (float) (advantages[i] / share));
            Anchor anchor = coefficient > 0
                    ? new Anchor(onAnswer(texts.get(at), length, (float) (coefficient / share)), anchors[at])
                    : null;
            sequences.add(new WeightedSequence(texts.get(at), weights, anchor));
        }
        return new PolicyBatch(sequences, tokens, zeroSpread);
    }

    /** The weight on the last tokens of a text, 0 before them. */
    private static float[] onAnswer(int[] text, int answer, float weight) {
        float[] weights = new float[text.length];
        Arrays.fill(weights, text.length - answer, text.length, weight);
        return weights;
    }
}
