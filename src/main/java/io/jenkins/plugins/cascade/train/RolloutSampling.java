package io.jenkins.plugins.cascade.train;

import io.jenkins.plugins.cascade.recipe.GrpoSettings;
import io.jenkins.plugins.cascade.recipe.SamplingSettings;

/** Temperature and nucleus as functions of the step and the curriculum alone, so that a resumed run has those it would have had. */
final class RolloutSampling {
    private RolloutSampling() {}

    /**
     * The sampling of a step.
     *
     * @param step from 1
     * @param curriculum tells the longest answer of this step, and its temperature where no schedule does
     */
    static SamplingSettings at(GrpoSettings settings, int step, LengthCurriculum curriculum) {
        SamplingSettings first = settings.sampling();
        double progress = settings.steps() == 1 ? 0 : (step - 1.0) / (settings.steps() - 1);
        return new SamplingSettings(
                between(curriculum.temperature(), settings.samplingSchedule().finalTemperature(), progress),
                between(first.topP(), settings.samplingSchedule().finalTopP(), progress),
                first.topK(),
                curriculum.maxTokens());
    }

    private static double between(double first, Double last, double progress) {
        return last == null ? first : first + (last - first) * progress;
    }
}
