package io.jenkins.plugins.cascade.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.recipe.CurriculumSettings;
import io.jenkins.plugins.cascade.recipe.GrpoSettings;
import io.jenkins.plugins.cascade.recipe.OptimizerSettings;
import io.jenkins.plugins.cascade.recipe.SamplingSchedule;
import io.jenkins.plugins.cascade.recipe.SamplingSettings;
import io.jenkins.plugins.cascade.recipe.Schedule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What changes from step to step in the rollouts: temperature, nucleus, longest answer. */
class RolloutScheduleTest {
    private static GrpoSettings settings(int steps) {
        OptimizerSettings optimizer = OptimizerSettings.paper(1e-3, Schedule.CONSTANT, 0);
        return new GrpoSettings(optimizer, steps, 4, 4, new SamplingSettings(1.2, 0.9, 20, 8), 0, 0, true, 0, 8, 5);
    }

    private static LengthCurriculum curriculum(double clipRatio, int minSteps, int maxSteps) {
        return new LengthCurriculum(
                settings(100).with(new CurriculumSettings(List.of(16, 32), clipRatio, minSteps, maxSteps, 1)));
    }

    private static SamplingSettings at(GrpoSettings settings, int step) {
        return RolloutSampling.at(settings, step, new LengthCurriculum(settings));
    }

    @Test
    void temperatureAndNucleusGoInAStraightLine() {
        GrpoSettings settings = settings(5).with(new SamplingSchedule(0.8, 1.0));

        assertEquals(new SamplingSettings(1.2, 0.9, 20, 8), at(settings, 1));
        assertEquals(1.0, at(settings, 3).temperature(), 1e-12);
        assertEquals(0.95, at(settings, 3).topP(), 1e-12);
        assertEquals(0.8, at(settings, 5).temperature(), 1e-12);
        assertEquals(1.0, at(settings, 5).topP(), 1e-12);
        assertEquals(
                1.2, at(settings(1).with(new SamplingSchedule(0.8, null)), 1).temperature());
        assertEquals(1.2, at(settings(5), 5).temperature());
    }

    @Test
    void aLengthIsLeftWhenFewAnswersAreTruncatedButNotBeforeItsLeastSteps() {
        LengthCurriculum curriculum = curriculum(0.1, 3, 0);

        curriculum.stepDone(0);
        curriculum.stepDone(0);
        assertEquals(8, curriculum.maxTokens());
        assertTrue(curriculum.filters());
        curriculum.stepDone(0.2);
        assertEquals(16, curriculum.maxTokens());
        assertFalse(curriculum.filters());
        for (int i = 0; i < 50; i++) {
            curriculum.stepDone(0.5);
        }
        assertEquals(16, curriculum.maxTokens());
        for (int i = 0; i < 10; i++) {
            curriculum.stepDone(0.1);
        }
        assertEquals(32, curriculum.maxTokens());
        for (int i = 0; i < 50; i++) {
            curriculum.stepDone(0);
        }
        assertEquals(32, curriculum.maxTokens());
    }

    @Test
    void aLengthIsLeftAfterItsMostStepsWhateverIsTruncated() {
        LengthCurriculum curriculum = curriculum(0, 4, 4);
        for (int step = 1; step <= 12; step++) {
            assertEquals(step <= 4 ? 8 : step <= 8 ? 16 : 32, curriculum.maxTokens(), "step " + step);
            curriculum.stepDone(1);
        }
    }

    @Test
    void everyLengthHasItsTemperature() {
        GrpoSettings settings =
                settings(100).with(new CurriculumSettings(List.of(16, 32), 0, 2, 2, 1, List.of(1.0, 0.8)));
        LengthCurriculum curriculum = new LengthCurriculum(settings);
        List<String> drawn = new ArrayList<>();
        for (int step = 1; step <= 6; step++) {
            SamplingSettings now = RolloutSampling.at(settings, step, curriculum);
            drawn.add(now.maxTokens() + " at " + now.temperature());
            curriculum.stepDone(1);
        }
        assertEquals(List.of("8 at 1.2", "8 at 1.2", "16 at 1.0", "16 at 1.0", "32 at 0.8", "32 at 0.8"), drawn);
    }

    @Test
    void temperaturesThatDoNotFitAreRefused() {
        assertRefused(
                "one temperature for each of its 2 lengths",
                () -> new CurriculumSettings(List.of(16, 32), 0.1, 1, 0, 1, List.of(1.0)));
        assertRefused(
                "a temperature of the curriculum must be above 0",
                () -> new CurriculumSettings(List.of(16), 0.1, 1, 0, 1, List.of(0.0)));
        assertRefused("exclude each other", () -> settings(9)
                .with(new CurriculumSettings(List.of(16), 0.1, 1, 0, 1, List.of(1.0)))
                .with(new SamplingSchedule(0.8, null)));
    }

    private static void assertRefused(String part, Executable action) {
        String message = assertThrows(IllegalArgumentException.class, action).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void aRestoredCurriculumGoesOnWhereItWas() {
        LengthCurriculum curriculum = curriculum(0.1, 3, 30);
        for (double share : new double[] {0, 0, 0, 0.3, 0.05}) {
            curriculum.stepDone(share);
        }
        LengthCurriculum restored = curriculum(0.1, 3, 30);

        restored.restore(curriculum.state());

        assertEquals(curriculum.state(), restored.state());
        for (int i = 0; i < 20; i++) {
            curriculum.stepDone(0.01 * i);
            restored.stepDone(0.01 * i);
            assertEquals(curriculum.maxTokens(), restored.maxTokens());
        }
        assertEquals(32, restored.maxTokens());
    }

    @Test
    void withoutACurriculumTheFirstLengthStaysAndIsFiltered() {
        LengthCurriculum curriculum = new LengthCurriculum(settings(5));
        for (int i = 0; i < 300; i++) {
            curriculum.stepDone(0);
        }

        assertEquals(8, curriculum.maxTokens());
        assertTrue(curriculum.filters());
    }

    @Test
    void lengthsMustGrow() {
        assertThrows(IllegalArgumentException.class, () -> new CurriculumSettings(List.of(16, 16), 0.1, 1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> settings(5)
                .with(new CurriculumSettings(List.of(8), 0.1, 1, 0, 1)));
    }
}
