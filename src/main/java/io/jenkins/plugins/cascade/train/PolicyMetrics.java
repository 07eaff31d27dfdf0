package io.jenkins.plugins.cascade.train;

import io.jenkins.plugins.cascade.recipe.SamplingSettings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a step of the policy reports about its rollouts; means are over all of them, dropped groups included. */
final class PolicyMetrics {
    private PolicyMetrics() {}

    /**
     * The metrics.
     *
     * @param withoutTruncated whether truncated rollouts take no part in the update
     */
    static Map<String, Double> of(
            GroupCollector.Collected collected, SamplingSettings sampling, boolean withoutTruncated) {
        List<JudgedGroup> groups = collected.all();
        List<Rollout> rollouts =
                groups.stream().flatMap(group -> group.rollouts().stream()).toList();
        List<Reward> rewards =
                groups.stream().flatMap(group -> group.rewards().stream()).toList();
        double[] values = rewards.stream().mapToDouble(Reward::value).toArray();
        double count = rollouts.size();
        long zeroSpread = groups.stream()
                .filter(group -> GroupAdvantage.std(group.kept(withoutTruncated)) == 0)
                .count();
        Map<String, Double> metrics = new HashMap<>();
        metrics.put("reward/mean", GroupAdvantage.mean(values));
        metrics.put("reward/std", GroupAdvantage.std(values));
        metrics.put("reward/missing", (double)
                rewards.stream().filter(reward -> reward.problem() != null).count());
        metrics.put("reward/zero_spread_groups", (double) zeroSpread);
        metrics.put("reward/zero_spread_share", zeroSpread / (double) groups.size());
        metrics.put(
                "rollout/length",
                rollouts.stream().mapToInt(rollout -> rollout.tokens().length).sum() / count);
        metrics.put("rollout/length_max", (double) rollouts.stream()
                .mapToInt(rollout -> rollout.tokens().length)
                .max()
                .orElse(0));
        metrics.put("rollout/truncated", truncatedShare(collected));
        metrics.put(
                "rollout/masked",
                groups.stream()
                                .flatMapToDouble(group -> Arrays.stream(group.kept(withoutTruncated)))
                                .filter(Double::isNaN)
                                .count()
                        / count);
        metrics.put("rollout/temperature", sampling.temperature());
        metrics.put("rollout/top_p", sampling.topP());
        metrics.put("rollout/max_tokens", (double) sampling.maxTokens());
        metrics.put("filter/dropped_groups", (double) collected.dropped().size());
        metrics.put("filter/refills", (double) collected.refills());
        metrics.put(
                "reward/language_switches",
                rewards.stream().filter(Reward::switchedLanguage).count() / count);
        metrics.put("time/rollout", collected.rolloutSeconds());
        metrics.put("time/reward", collected.rewardSeconds());
        return metrics;
    }

    /** Share of the rollouts that were cut off at the longest answer: the paper's clip ratio. */
    static double truncatedShare(GroupCollector.Collected collected) {
        List<Rollout> rollouts = collected.all().stream()
                .flatMap(group -> group.rollouts().stream())
                .toList();
        return rollouts.stream().filter(Rollout::truncated).count() / (double) rollouts.size();
    }
}
