package io.jenkins.plugins.cascade.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cascade.model.BatchSize;
import io.jenkins.plugins.cascade.model.CausalLM;
import io.jenkins.plugins.cascade.model.Sampling;
import io.jenkins.plugins.cascade.model.WeightedSequence;
import io.jenkins.plugins.cascade.recipe.GrpoSettings;
import io.jenkins.plugins.cascade.recipe.SamplingSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Group relative policy optimisation, strictly on-policy: rollouts of the current policy, one update (Nemotron-Cascade, arXiv 2512.13607,
 * section 4.1.2). A rollout without a reward, or a truncated one under overlong filtering, is left out of its group and of the loss.
 */
final class GrpoPhase implements Phase {
    static final String NAME = "policy";
    static final String REWARD_MODEL_DIGEST = "rewardModel";

    private static final String CURRICULUM = "curriculum";

    private final CausalLM policy;
    private final GrpoSettings settings;
    private final Function<SamplingSettings, Sampling> sampling;
    private final PromptSchedule schedule;
    private final GroupCollector collector;
    private final ReferencePolicy reference;
    private final String rewardModelDigest;
    private final LengthCurriculum curriculum;
    private final Updater updater;

    /**
     * @param sampling adds stop tokens and batch size to the settings of a step
     * @param schedule the prompts, the same that the collector draws
     * @param reference what a divergence is measured from; null without one
     * @param rewardModelDigest identifies the reward model in checkpoints; null without one
     */
    GrpoPhase(
            CausalLM policy,
            GrpoSettings settings,
            Function<SamplingSettings, Sampling> sampling,
            PromptSchedule schedule,
            GroupCollector collector,
            ReferencePolicy reference,
            String rewardModelDigest) {
        this.policy = policy;
        this.settings = settings;
        this.sampling = sampling;
        this.schedule = schedule;
        this.collector = collector;
        this.reference = reference;
        this.rewardModelDigest = rewardModelDigest;
        this.curriculum = new LengthCurriculum(settings);
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
        SamplingSettings now = RolloutSampling.at(settings, step, curriculum);
        boolean withoutTruncated = settings.overlongFiltering() && curriculum.filters();
        GroupCollector.Collected collected = collector.collect(step, sampling.apply(now), withoutTruncated);
        long judged = System.nanoTime();
        PolicyBatch batch = batch(collected.trained(), withoutTruncated, now.temperature());
        Updater.Accumulated sum = gradients(batch.sequences(), now.temperature());
        Updater.Update update = batch.sequences().isEmpty()
                ? updater.skipped(step)
                : updater.apply(step, sum.loss(), BatchSize.ofWeighted(batch.sequences()));
        long end = System.nanoTime();
        curriculum.stepDone(PolicyMetrics.truncatedShare(collected));
        long tokens = collected.all().stream()
                .flatMap(group -> group.rollouts().stream())
                .mapToLong(rollout -> rollout.tokens().length)
                .sum();
        Map<String, Double> metrics = PolicyMetrics.of(collected, now, withoutTruncated);
        metrics.put("filter/admitted_share", schedule.admittedShare());
        metrics.put("policy/entropy", sum.entropy());
        if (reference != null) {
            metrics.put("policy/kl", sum.divergence());
        }
        metrics.put("train/loss", update.loss());
        metrics.put("train/grad_norm", update.gradientNorm());
        metrics.put("train/learning_rate", update.learningRate());
        metrics.put("speed/tokens_per_second", tokens / ((end - start) / 1e9));
        metrics.put("time/update", (end - judged) / 1e9);
        return new StepReport(metrics, sum.tokens(), tokens);
    }

    private Updater.Accumulated gradients(List<WeightedSequence> sequences, double temperature) {
        return settings.sharePrompts()
                ? Updater.accumulateShared(policy, sequences, settings.microBatch(), temperature)
                : Updater.accumulate(policy, sequences, settings.microBatch(), temperature);
    }

    private PolicyBatch batch(List<JudgedGroup> groups, boolean withoutTruncated, double temperature) {
        List<Rollout> rollouts =
                groups.stream().flatMap(group -> group.rollouts().stream()).toList();
        double[] kept = groups.stream()
                .map(group -> group.kept(withoutTruncated))
                .flatMapToDouble(java.util.Arrays::stream)
                .toArray();
        return PolicyBatch.of(rollouts, kept, settings, reference == null ? null : reference.at(temperature));
    }

    @Override
    public void save(Path folder) {
        policy.saveState(folder.resolve(StageTraining.MODEL));
        updater.save(folder);
    }

    @Override
    public JsonNode state() {
        ObjectNode state = schedule.state();
        state.set(CURRICULUM, curriculum.state());
        return rewardModelDigest == null ? state : state.put(REWARD_MODEL_DIGEST, rewardModelDigest);
    }

    @Override
    public void restore(Path folder, JsonNode state) {
        updater.restore(folder);
        schedule.restore(state);
        if (state.has(CURRICULUM)) {
            curriculum.restore(state.get(CURRICULUM));
        }
    }

    @Override
    public void close() {
        updater.close();
    }
}
