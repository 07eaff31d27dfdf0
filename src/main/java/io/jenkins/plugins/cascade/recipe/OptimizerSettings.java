package io.jenkins.plugins.cascade.recipe;

import java.io.Serializable;

/**
 * AdamW with a learning-rate schedule and clipping by the global gradient norm, what it trains, and how the gradients are computed.
 *
 * @param learningRate maximum learning rate, above 0
 * @param finalLearningRateRatio learning rate at the last step as a share of the maximum, 0 to 1 (the paper's SFT: 0)
 * @param warmupSteps steps of linear warm-up from 0, at least 0
 * @param schedule the way down after the warm-up
 * @param beta1 decay of the first moment (paper: 0.9)
 * @param beta2 decay of the second moment (paper: 0.95)
 * @param epsilon added to the root of the second moment
 * @param weightDecay decoupled weight decay, not applied to norms and biases (paper's SFT: 1e-4)
 * @param clipNorm largest global gradient norm, 0 for no clipping
 * @param lora the adapter that is trained in place of the weights; null for the weights (the paper)
 * @param gradientCheckpointing true where layers are computed again on the way back, for memory; null for not. The gradients are the same up
 *     to rounding
 */
public record OptimizerSettings(
        double learningRate,
        double finalLearningRateRatio,
        int warmupSteps,
        Schedule schedule,
        double beta1,
        double beta2,
        double epsilon,
        double weightDecay,
        double clipNorm,
        LoraSettings lora,
        Boolean gradientCheckpointing)
        implements Serializable {

    public OptimizerSettings {
        gradientCheckpointing = Boolean.TRUE.equals(gradientCheckpointing) ? Boolean.TRUE : null;
        Check.positive("learningRate", learningRate);
        Check.fraction("finalLearningRateRatio", finalLearningRateRatio);
        Check.atLeast("warmupSteps", warmupSteps, 0);
        Check.fraction("beta1", beta1);
        Check.fraction("beta2", beta2);
        Check.positive("epsilon", epsilon);
        Check.atLeast("weightDecay", weightDecay, 0);
        Check.atLeast("clipNorm", clipNorm, 0);
    }

    /** All weights are trained, and the layers' activations kept. */
    public OptimizerSettings(
            double learningRate,
            double finalLearningRateRatio,
            int warmupSteps,
            Schedule schedule,
            double beta1,
            double beta2,
            double epsilon,
            double weightDecay,
            double clipNorm) {
        this(
                learningRate,
                finalLearningRateRatio,
                warmupSteps,
                schedule,
                beta1,
                beta2,
                epsilon,
                weightDecay,
                clipNorm,
                null,
                null);
    }

    /** The optimizer of the paper's tables 14 to 20 at the given rate: betas 0.9 and 0.95, no warm-up, clip 1. */
    public static OptimizerSettings paper(double learningRate, Schedule schedule, double weightDecay) {
        return new OptimizerSettings(learningRate, 0, 0, schedule, 0.9, 0.95, 1e-8, weightDecay, 1);
    }

    /** The same with another maximum learning rate. */
    public OptimizerSettings withLearningRate(double rate) {
        return with(rate, finalLearningRateRatio, warmupSteps, schedule, weightDecay, lora, gradientCheckpointing);
    }

    /** The same with another schedule, its last value and its warm-up. */
    public OptimizerSettings withSchedule(Schedule shape, double finalRatio, int warmup) {
        return with(learningRate, finalRatio, warmup, shape, weightDecay, lora, gradientCheckpointing);
    }

    /** The same with another weight decay. */
    public OptimizerSettings withWeightDecay(double decay) {
        return with(learningRate, finalLearningRateRatio, warmupSteps, schedule, decay, lora, gradientCheckpointing);
    }

    /** The same for an adapter, or for all weights with null, and with layers computed again on the way back, or not. */
    public OptimizerSettings training(LoraSettings adapter, boolean recompute) {
        return with(learningRate, finalLearningRateRatio, warmupSteps, schedule, weightDecay, adapter, recompute);
    }

    private OptimizerSettings with(
            double rate,
            double finalRatio,
            int warmup,
            Schedule shape,
            double decay,
            LoraSettings adapter,
            Boolean recompute) {
        return new OptimizerSettings(
                rate, finalRatio, warmup, shape, beta1, beta2, epsilon, decay, clipNorm, adapter, recompute);
    }
}
