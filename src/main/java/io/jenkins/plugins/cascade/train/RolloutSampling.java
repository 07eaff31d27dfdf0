package io.jenkins.plugins.cascade.train;

import io.jenkins.plugins.cascade.recipe.GrpoSettings;
import io.jenkins.plugins.cascade.recipe.SamplingSettings;

/** Temperature and nucleus as functions of the step alone, so that a resumed run has those it would have had. */
final class RolloutSampling {
    private RolloutSampling() {}

    /**
     * The sampling of a step.
     *
     * @param step from 1
     * @param maxTokens the longest answer of this step
     */
    static SamplingSettings at(GrpoSettings settings, int step, int maxTokens) {
        SamplingSettings first = settings.sampling();
        double progress = settings.steps() == 1 ? 0 : (step - 1.0) / (settings.steps() - 1);
        return new SamplingSettings(
                between(first.temperature(), settings.samplingSchedule().finalTemperature(), progress),
                between(first.topP(), settings.samplingSchedule().finalTopP(), progress),
                first.topK(),
                maxTokens);
    }

    private static double between(double first, Double last, double progress) {
        return last == null ? first : first + (last - first) * progress;
    }
}
