package io.jenkins.plugins.cascade.recipe;

import java.util.Map;

/**
 * The paper's values for every kind of stage (Nemotron-Cascade, arXiv 2512.13607v2, appendix tables 14 to 20, the 8B model's first
 * sub-stage), "K" read as 1024.
 *
 * <p>Where the paper contradicts itself the table's value is taken, and every value is a setting: RLHF and IF-RL batch 256 (tables 15 and
 * 16; the text of 4.3.2 and 4.4.2 says 128); IF-RL 2300 steps (table 16; text about 2000); IF-RL top-k off (table 16; text 20); code
 * 44K tokens (table 19 lists 56K for the 14B model, the text 44K to 48K); SWE overlong filtering on (table 20's first stage; off in its
 * second). The paper states no learning-rate schedule, warm-up or weight decay for reinforcement learning: constant, none and 0 here.
 *
 * <p>Not in the presets, because they depend on the model and the data, though the paper has them: dynamic filtering (by batch for
 * instructions, by epoch for mathematics), the length curriculum, both modes, the penalty for switching the language, the reward model beside
 * the rule. Each is a setting; its documentation names the paper's value.
 *
 * <p>Ours, because the paper has nothing to say: micro-batches, checkpoints, the error budget, the reward model's held-out share.
 */
public final class Presets {
    private static final int K = 1024;
    private static final int MICRO_BATCH = 8;
    private static final int SFT_CHECKPOINT_EVERY = 100;
    private static final int RL_CHECKPOINT_EVERY = 10;
    private static final double ERROR_BUDGET = 0.01;
    private static final double TOP_P = 0.95;

    private static final Map<String, GrpoSettings> DOMAINS = Map.of(
            "instruction-following", policy(2e-6, 2300, 256, 8, 0.6, 8 * K, false),
            "math", policy(2e-6, 190, 128, 8, 1, 24 * K, true),
            "code", policy(4e-6, 90, 128, 8, 1, 44 * K, false),
            "swe", policy(2.5e-6, 30, 128, 16, 1, 16 * K, true));

    private Presets() {}

    /** Supervised fine-tuning, first stage: 16K tokens, batch 256, 5e-5 to 0 by a cosine, weight decay 1e-4 (table 14). */
    public static SftSettings sft() {
        return new SftSettings(
                OptimizerSettings.paper(5e-5, Schedule.COSINE, 1e-4),
                20_000,
                256,
                16 * K,
                MICRO_BATCH,
                SFT_CHECKPOINT_EVERY);
    }

    /**
     * A later phase of supervised fine-tuning, the second stage: one file, 32K tokens, batch 256, 32000 steps, 2e-5 (table 14; it lists 5e-5
     * alone for the 14B model). What else the optimizer has is the first phase's.
     */
    public static SftPhaseSettings sftSecondPhase(OptimizerSettings first) {
        return new SftPhaseSettings(1, first.withLearningRate(2e-5), 32_000, 256, 32 * K);
    }

    /** RLHF: 800 steps of 256 prompts times 8 answers of up to 12K tokens at temperature 0.6 (table 15). */
    public static RlhfSettings rlhf() {
        return new RlhfSettings(rewardModel(), policy(2e-6, 800, 256, 8, 0.6, 12 * K, false));
    }

    /** The reward model: one epoch, batch 256, 2e-6 (section 4.2). */
    public static RewardModelSettings rewardModel() {
        return new RewardModelSettings(OptimizerSettings.paper(2e-6, Schedule.CONSTANT, 0), 1, 256, 16 * K, 0.05, 0.5);
    }

    /**
     * A domain's reinforcement learning: {@code instruction-following} (table 16), {@code math} (table 17), {@code code} (table 19),
     * {@code swe} (table 20). Another domain gets 100 steps of 128 prompts times 8 answers of up to 8K tokens at temperature 1 and 2e-6,
     * which is nobody's table.
     */
    public static RlvrSettings rlvr(String domain) {
        return new RlvrSettings(DOMAINS.getOrDefault(domain, policy(2e-6, 100, 128, 8, 1, 8 * K, false)));
    }

    /** How benchmarks are answered: temperature 0.6, top-p 0.95, up to 64K tokens (appendix B). */
    public static SamplingSettings evaluation() {
        return new SamplingSettings(0.6, TOP_P, 0, 64 * K);
    }

    private static GrpoSettings policy(
            double rate, int steps, int prompts, int group, double temperature, int maxTokens, boolean overlong) {
        return new GrpoSettings(
                OptimizerSettings.paper(rate, Schedule.CONSTANT, 0),
                steps,
                prompts,
                group,
                new SamplingSettings(temperature, TOP_P, 0, maxTokens),
                0,
                0,
                overlong,
                ERROR_BUDGET,
                MICRO_BATCH,
                RL_CHECKPOINT_EVERY);
    }
}
