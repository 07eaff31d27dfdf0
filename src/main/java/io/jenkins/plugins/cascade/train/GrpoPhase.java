package io.jenkins.plugins.cascade.train;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cascade.model.CausalLM;
import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.GrpoSettings;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Group relative policy optimisation, strictly on-policy: rollouts of the current policy, one update (Nemotron-Cascade, arXiv 2512.13607,
 * section 4.1.2). A rollout without a reward, or a truncated one under overlong filtering, is left out of its group and of the loss.
 */
final class GrpoPhase implements Phase {
    static final String NAME = "policy";

    private final CausalLM policy;
    private final GrpoSettings settings;
    private final PromptSchedule schedule;
    private final RolloutSampler sampler;
    private final RewardSource judge;
    private final Updater updater;

    GrpoPhase(
            CausalLM policy,
            GrpoSettings settings,
            PromptSchedule schedule,
            RolloutSampler sampler,
            RewardSource judge) {
        this.policy = policy;
        this.settings = settings;
        this.schedule = schedule;
        this.sampler = sampler;
        this.judge = judge;
        this.updater = new Updater(NAME, policy.parameters(), settings.optimizer(), settings.steps());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int steps() {
        return settings.steps();
    }

    @Override
    public int checkpointEvery() {
        return settings.checkpointEvery();
    }

    @Override
    public StepReport step(int step) {
        long start = System.nanoTime();
        List<Rollout> rollouts = sampler.sample(schedule.next(), settings.groupSize(), step);
        long sampled = System.nanoTime();
        List<Reward> rewards = judge.judge(rollouts);
        requireBudget(step, rewards);
        long judged = System.nanoTime();
        PolicyBatch batch = PolicyBatch.of(rollouts, kept(rollouts, rewards), settings.groupSize(), settings.minStd());
        Updater.Accumulated sum = Updater.accumulate(policy, batch.sequences(), settings.microBatch());
        Updater.Update update = batch.sequences().isEmpty() ? updater.skipped(step) : updater.apply(step, sum.loss());
        long end = System.nanoTime();

        long tokens =
                rollouts.stream().mapToLong(rollout -> rollout.tokens().length).sum();
        Map<String, Double> metrics = new HashMap<>(rolloutMetrics(rollouts, rewards));
        metrics.put("reward/zero_spread_groups", (double) batch.zeroSpreadGroups());
        metrics.put("policy/entropy", sum.entropy());
        metrics.put("train/loss", update.loss());
        metrics.put("train/grad_norm", update.gradientNorm());
        metrics.put("train/learning_rate", update.learningRate());
        metrics.put("speed/tokens_per_second", tokens / ((end - start) / 1e9));
        metrics.put("time/rollout", (sampled - start) / 1e9);
        metrics.put("time/reward", (judged - sampled) / 1e9);
        metrics.put("time/update", (end - judged) / 1e9);
        return new StepReport(metrics, sum.tokens(), tokens);
    }

    private static Map<String, Double> rolloutMetrics(List<Rollout> rollouts, List<Reward> rewards) {
        double[] values = rewards.stream().mapToDouble(Reward::value).toArray();
        double count = rollouts.size();
        return Map.of(
                "reward/mean",
                GroupAdvantage.mean(values),
                "reward/std",
                GroupAdvantage.std(values),
                "reward/missing",
                (double) missing(rewards),
                "rollout/length",
                rollouts.stream().mapToInt(rollout -> rollout.tokens().length).sum() / count,
                "rollout/truncated",
                rollouts.stream().filter(Rollout::truncated).count() / count);
    }

    /** Rewards with NaN where a rollout takes no part in the update. */
    private double[] kept(List<Rollout> rollouts, List<Reward> rewards) {
        double[] kept = new double[rollouts.size()];
        for (int i = 0; i < kept.length; i++) {
            boolean filtered = settings.overlongFiltering() && rollouts.get(i).truncated();
            kept[i] = filtered ? Double.NaN : rewards.get(i).value();
        }
        return kept;
    }

    private void requireBudget(int step, List<Reward> rewards) {
        long missing = missing(rewards);
        if (missing > settings.errorBudget() * rewards.size()) {
            String first = rewards.stream()
                    .map(Reward::problem)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("");
            throw new StageFailure(
                    ExitCode.REWARDS_FAILED,
                    missing + " of " + rewards.size() + " rewards of policy step " + step
                            + " are missing because the judge failed, more than the error budget of "
                            + settings.errorBudget() + " allows; the first: " + first);
        }
    }

    private static long missing(List<Reward> rewards) {
        return rewards.stream().filter(reward -> reward.problem() != null).count();
    }

    @Override
    public void save(Path folder) {
        policy.save(folder.resolve(StageTraining.MODEL));
        updater.save(folder);
    }

    @Override
    public JsonNode state() {
        return schedule.state();
    }

    @Override
    public void restore(Path folder, JsonNode state) {
        updater.restore(folder);
        schedule.restore(state);
    }

    @Override
    public void close() {
        updater.close();
    }
}
