package io.jenkins.plugins.cascade.recipe;

import java.util.List;

/**
 * The paper's values for every kind of stage and each of its three models (Nemotron-Cascade, arXiv 2512.13607v2, sections 4.2 to 4.7 and
 * appendix tables 14 to 20), "K" read as 1024. Where the paper parts a domain into sub-stages that differ in length and temperature alone,
 * the length curriculum goes through them; where their data differ (instructions, software engineering) the values are the first one's.
 *
 * <p>Where the paper contradicts itself the table's value is taken, and every value is a setting: RLHF and IF-RL batch 256 (tables 15 and
 * 16; the text of 4.3.2 and 4.4.2 says 128); IF-RL 2300 steps (table 16; text about 2000); IF-RL top-k off (table 16; text 20) and no
 * overlong filtering (table 16; the text has it for thinking models); code 56K tokens for the 14B model (table 19; text 44K to 48K); SWE
 * overlong filtering on (table 20's first stage; off in its second). A length is left by the rule of section 4.5.2, which may give other
 * steps than table 17's 190, 240 and 70. The paper states no learning-rate schedule, warm-up or weight decay for reinforcement learning:
 * constant, none and 0 here.
 *
 * <p>Ours, because the paper has nothing to say: micro-batches, checkpoints, the error budget, the reward model's held-out share and least
 * accuracy, the refills of the filter by batch, and that code's longer answers begin at half of its steps.
 */
public final class Presets {
    private static final int K = 1024;
    private static final int MICRO_BATCH = 8;
    private static final int SFT_CHECKPOINT_EVERY = 100;
    private static final int RL_CHECKPOINT_EVERY = 10;
    private static final double ERROR_BUDGET = 0.01;
    private static final double TOP_P = 0.95;

    private Presets() {}

    /** {@link #sft(PaperModel)} of the unified 8B model. */
    public static SftSettings sft() {
        return sft(PaperModel.UNIFIED_8B);
    }

    /** Supervised fine-tuning, first stage: 16K tokens, batch 256, 5e-5 to 0 by a cosine, weight decay 1e-4 (table 14). */
    public static SftSettings sft(PaperModel model) {
        return new SftSettings(
                OptimizerSettings.paper(5e-5, Schedule.COSINE, 1e-4),
                model == PaperModel.THINKING_14B ? 22_000 : 20_000,
                256,
                16 * K,
                MICRO_BATCH,
                SFT_CHECKPOINT_EVERY);
    }

    /**
     * A later phase of supervised fine-tuning, the second stage: one file, 32K tokens, batch 256, for the 8B models 32000 steps and 2e-5, for
     * the 14B model 41000 and 5e-5, the only rate that table 14 lists for it. What else the optimizer has is the first phase's.
     */
    public static SftPhaseSettings sftSecondPhase(PaperModel model, OptimizerSettings first) {
        return model == PaperModel.THINKING_14B
                ? new SftPhaseSettings(1, first.withLearningRate(5e-5), 41_000, 256, 32 * K)
                : new SftPhaseSettings(1, first.withLearningRate(2e-5), 32_000, 256, 32 * K);
    }

    /** {@link #rlhf(PaperModel)} of the unified 8B model. */
    public static RlhfSettings rlhf() {
        return rlhf(PaperModel.UNIFIED_8B);
    }

    /**
     * RLHF: 800 steps (14B: 900) of 256 prompts times 8 answers of up to 12K tokens at temperature 0.6 (table 15); of the unified model half
     * of each step in each mode, otherwise thinking; a switch of the language costs the least reward minus 10 (section 4.3).
     */
    public static RlhfSettings rlhf(PaperModel model) {
        int steps = model == PaperModel.THINKING_14B ? 900 : 800;
        GrpoSettings policy = policy(2e-6, steps, 256, 8, 0.6, 12 * K, false)
                .with(model == PaperModel.UNIFIED_8B ? ModeMix.HALF : ModeMix.THINK)
                .with(new LanguageSettings(LanguageRule.BELOW_MINIMUM, -10));
        return new RlhfSettings(rewardModel(), policy);
    }

    /** The reward model: one epoch, batch 256, 2e-6 (section 4.2). */
    public static RewardModelSettings rewardModel() {
        return new RewardModelSettings(OptimizerSettings.paper(2e-6, Schedule.CONSTANT, 0), 1, 256, 16 * K, 0.05, 0.5);
    }

    /** {@link #rlvr(PaperModel, String)} of the unified 8B model. */
    public static RlvrSettings rlvr(String domain) {
        return rlvr(PaperModel.UNIFIED_8B, domain);
    }

    /**
     * A domain's reinforcement learning: {@code instruction-following} (section 4.4, table 16), {@code math} (4.5, tables 17 and 18),
     * {@code code} (4.6, table 19), {@code swe} (4.7, table 20). Another domain gets 100 steps of 128 prompts times 8 answers of up to 8K
     * tokens at temperature 1 and 2e-6, as written, which is nobody's table.
     */
    public static RlvrSettings rlvr(PaperModel model, String domain) {
        return new RlvrSettings(
                switch (domain) {
                    case "instruction-following" -> instructions(model);
                    case "math" -> math(model);
                    case "code" -> code(model);
                    case "swe" -> softwareEngineering(model);
                    default -> policy(2e-6, 100, 128, 8, 1, 8 * K, false);
                });
    }

    /** Filtered by batch; the unified model answers at once. */
    private static GrpoSettings instructions(PaperModel model) {
        int steps =
                switch (model) {
                    case UNIFIED_8B -> 2300;
                    case THINKING_8B -> 550;
                    case THINKING_14B -> 800;
                };
        return policy(2e-6, steps, 256, 8, 0.6, 8 * K, false)
                .with(filter(PromptFilter.BATCH))
                .with(model == PaperModel.UNIFIED_8B ? ModeMix.NO_THINK : ModeMix.THINK);
    }

    /** Filtered by epoch, 24K, 32K and 40K tokens (14B: 28K and 40K), truncated answers left out at the first length only. */
    private static GrpoSettings math(PaperModel model) {
        GrpoSettings lengths = model == PaperModel.THINKING_14B
                ? policy(2.5e-6, 220, 128, 8, 1.2, 28 * K, true)
                        .with(new CurriculumSettings(List.of(40 * K), 0.1, 100, 200, 1, List.of(1.1)))
                : policy(2e-6, 500, 128, 8, 1, 24 * K, true)
                        .with(new CurriculumSettings(List.of(32 * K, 40 * K), 0.1, 100, 200, 1, List.of(1.0, 0.8)));
        return lengths.with(filter(PromptFilter.EPOCH))
                .with(ModeMix.THINK)
                .with(new LanguageSettings(LanguageRule.FIXED, -1));
    }

    /** A switch of the language gets 0, because -1 hurt. */
    private static GrpoSettings code(PaperModel model) {
        GrpoSettings lengths =
                switch (model) {
                    case UNIFIED_8B ->
                        policy(4e-6, 90, 128, 8, 1, 44 * K, false)
                                .with(new CurriculumSettings(List.of(48 * K), 0.1, 45, 45, 1, List.of(0.8)));
                    case THINKING_8B -> policy(4e-6, 64, 128, 8, 1.2, 44 * K, false);
                    case THINKING_14B -> policy(4e-6, 64, 128, 8, 1, 56 * K, false);
                };
        return lengths.with(ModeMix.THINK).with(new LanguageSettings(LanguageRule.FIXED, 0));
    }

    private static GrpoSettings softwareEngineering(PaperModel model) {
        int steps = model == PaperModel.THINKING_14B ? 120 : 30;
        return policy(2.5e-6, steps, 128, 16, 1, 16 * K, true).with(ModeMix.THINK);
    }

    /** How benchmarks are answered: temperature 0.6, top-p 0.95, up to 64K tokens (appendix B). */
    public static SamplingSettings evaluation() {
        return new SamplingSettings(0.6, TOP_P, 0, 64 * K);
    }

    private static FilterSettings filter(PromptFilter kind) {
        FilterSettings none = FilterSettings.NONE;
        return new FilterSettings(kind, none.maxRefills(), none.readmitUnsolved(), none.readmitSolved());
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
