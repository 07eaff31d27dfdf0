package io.jenkins.plugins.cascade.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cascade.recipe.OptimizerSettings;
import io.jenkins.plugins.cascade.recipe.Schedule;
import org.junit.jupiter.api.Test;

class LearningRateTest {
    private static OptimizerSettings settings(Schedule schedule) {
        return OptimizerSettings.paper(1e-3, schedule, 0).withSchedule(schedule, 0.1, 4);
    }

    @Test
    void risesLinearlyInTheWarmUpToTheMaximum() {
        for (Schedule schedule : Schedule.values()) {
            assertEquals(2.5e-4, LearningRate.at(settings(schedule), 1, 24), 1e-15);
            assertEquals(1e-3, LearningRate.at(settings(schedule), 4, 24), 1e-15);
        }
    }

    @Test
    void isHalfWayInTheMiddleAndAtItsMinimumAtTheLastStep() {
        assertEquals(5.5e-4, LearningRate.at(settings(Schedule.LINEAR), 14, 24), 1e-15);
        assertEquals(5.5e-4, LearningRate.at(settings(Schedule.COSINE), 14, 24), 1e-15);
        assertEquals(1e-4, LearningRate.at(settings(Schedule.LINEAR), 24, 24), 1e-15);
        assertEquals(1e-4, LearningRate.at(settings(Schedule.COSINE), 24, 24), 1e-15);
        assertEquals(1e-3, LearningRate.at(settings(Schedule.CONSTANT), 24, 24), 1e-15);
    }

    @Test
    void theCosineIsFlatAtItsEndsWhereTheLineIsNot() {
        double quarterLinear = LearningRate.at(settings(Schedule.LINEAR), 9, 24);
        double quarterCosine = LearningRate.at(settings(Schedule.COSINE), 9, 24);

        assertEquals(7.75e-4, quarterLinear, 1e-15);
        assertEquals(1e-3 * (0.1 + 0.9 * (1 + Math.sqrt(0.5)) / 2), quarterCosine, 1e-15);
    }
}
