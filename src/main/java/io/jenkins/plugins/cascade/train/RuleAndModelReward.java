package io.jenkins.plugins.cascade.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rule's reward, and on top of it, where the rule is satisfied (a reward of at least 1), the logistic function of the reward model's score
 * normalised within the group: {@code r = R_rule + sigmoid((R_model - mean) / std)} (Nemotron-Cascade, arXiv 2512.13607, section 4.4; the
 * paper's rule gives 0 or 1). Groups that satisfy the rule nowhere are not shown to the reward model.
 */
final class RuleAndModelReward implements RewardSource {
    private final RewardSource rule;
    private final RewardSource model;
    private final int groupSize;

    /** @param groupSize divides the number of rollouts that are judged at once */
    RuleAndModelReward(RewardSource rule, RewardSource model, int groupSize) {
        this.rule = rule;
        this.model = model;
        this.groupSize = groupSize;
    }

    @Override
    public void announce(Rollout rollout) {
        rule.announce(rollout);
    }

    @Override
    public List<Reward> judge(List<Rollout> rollouts) {
        List<Reward> rewards = new ArrayList<>(rule.judge(rollouts));
        List<Integer> groups = new ArrayList<>();
        List<Rollout> shown = new ArrayList<>();
        for (int from = 0; from < rewards.size(); from += groupSize) {
            if (rewards.subList(from, from + groupSize).stream().anyMatch(RuleAndModelReward::satisfied)) {
                groups.add(from);
                shown.addAll(rollouts.subList(from, from + groupSize));
            }
        }
        List<Reward> scores = model.judge(shown);
        for (int i = 0; i < groups.size(); i++) {
            add(rewards, groups.get(i), scores.subList(i * groupSize, (i + 1) * groupSize));
        }
        return rewards;
    }

    private void add(List<Reward> rewards, int from, List<Reward> scores) {
        double[] values = scores.stream().mapToDouble(Reward::value).toArray();
        double[] normalised = GroupAdvantage.of(Arrays.copyOf(values, groupSize), 0, true);
        for (int i = 0; i < groupSize; i++) {
            Reward ruled = rewards.get(from + i);
            if (satisfied(ruled)) {
                boolean missing = scores.get(i).problem() != null;
                rewards.set(from + i, missing ? scores.get(i) : Reward.of(ruled.value() + sigmoid(normalised[i])));
            }
        }
    }

    private static boolean satisfied(Reward reward) {
        return reward.value() >= 1;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
