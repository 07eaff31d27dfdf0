package io.jenkins.plugins.cascade.train;

import io.jenkins.plugins.cascade.recipe.OptimizerSettings;

/** The learning rate as a function of the step alone, so that a resumed run has the one it would have had. */
public final class LearningRate {
    private LearningRate() {}

    /**
     * Rises linearly from 0 during the warm-up, then falls from the maximum to {@code finalLearningRateRatio} of it at the last step.
     *
     * @param settings maximum, warm-up, shape and last value
     * @param step the step to be done, from 1
     * @param steps steps of the phase
     */
    public static double at(OptimizerSettings settings, int step, int steps) {
        double maximum = settings.learningRate();
        int warmup = settings.warmupSteps();
        if (step <= warmup) {
            return maximum * step / warmup;
        }
        double progress = (double) (step - warmup) / (steps - warmup);
        double ratio = settings.finalLearningRateRatio();
        return switch (settings.schedule()) {
            case CONSTANT -> maximum;
            case LINEAR -> maximum * (1 - (1 - ratio) * progress);
            case COSINE -> maximum * (ratio + (1 - ratio) * (1 + Math.cos(Math.PI * progress)) / 2);
        };
    }
}
