package io.jenkins.plugins.cascade.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.recipe.FilterSettings;
import io.jenkins.plugins.cascade.recipe.PromptFilter;
import org.junit.jupiter.api.Test;

class PromptOutcomesTest {
    private static final double[] ALL = {1, 1, 2, Double.NaN};
    private static final double[] SOME = {1, 0, 1, 0};
    private static final double[] NOBODY = {0, -1, Double.NaN, 0};
    private static final double[] FAILED = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};

    private static PromptOutcomes outcomes(int prompts, double readmitUnsolved, double readmitSolved) {
        return new PromptOutcomes(
                new FilterSettings(PromptFilter.EPOCH, 1, readmitUnsolved, readmitSolved), prompts, 5);
    }

    @Test
    void thePromptsThatTeachNothingAreLeftOutOfTheNextEpoch() {
        PromptOutcomes outcomes = outcomes(5, 0, 0);
        outcomes.beginEpoch(0);
        outcomes.visited(0, ALL);
        outcomes.visited(1, SOME);
        outcomes.visited(2, NOBODY);
        outcomes.visited(3, FAILED);
        assertEquals(1, outcomes.admittedShare());

        outcomes.beginEpoch(1);

        assertEquals("01011", admitted(outcomes, 5));
        assertEquals(0.6, outcomes.admittedShare(), 1e-12);
    }

    @Test
    void hardAndEasyPromptsComeBackWithTheirProbabilities() {
        int prompts = 20_000;
        PromptOutcomes outcomes = outcomes(2 * prompts, 0.1, 0.01);
        for (int i = 0; i < prompts; i++) {
            outcomes.visited(i, NOBODY);
            outcomes.visited(prompts + i, ALL);
        }

        outcomes.beginEpoch(1);

        String admitted = admitted(outcomes, 2 * prompts);
        double hard =
                admitted.substring(0, prompts).chars().filter(c -> c == '1').count() / (double) prompts;
        double easy = admitted.substring(prompts).chars().filter(c -> c == '1').count() / (double) prompts;
        // Five standard deviations of a share of 20000 lots.
        assertEquals(0.1, hard, 5 * Math.sqrt(0.1 * 0.9 / prompts));
        assertEquals(0.01, easy, 5 * Math.sqrt(0.01 * 0.99 / prompts));
    }

    @Test
    void everyPromptIsAskedWhereNoneWouldBeLeft() {
        PromptOutcomes outcomes = outcomes(2, 0, 0);
        outcomes.visited(0, ALL);
        outcomes.visited(1, NOBODY);

        outcomes.beginEpoch(1);

        assertEquals("11", admitted(outcomes, 2));
    }

    @Test
    void aRestoredFilterAdmitsTheSamePromptsNowAndLater() {
        PromptOutcomes outcomes = outcomes(200, 0.3, 0.3);
        for (int i = 0; i < 200; i++) {
            outcomes.visited(i, i % 2 == 0 ? ALL : NOBODY);
        }
        outcomes.beginEpoch(1);
        outcomes.visited(7, SOME);
        PromptOutcomes restored = outcomes(200, 0.3, 0.3);

        restored.restore(outcomes.state());

        assertEquals(admitted(outcomes, 200), admitted(restored, 200));
        assertTrue(outcomes.admittedShare() < 1);
        outcomes.beginEpoch(2);
        restored.beginEpoch(2);
        assertEquals(admitted(outcomes, 200), admitted(restored, 200));
        assertTrue(restored.admits(7));
    }

    private static String admitted(PromptOutcomes outcomes, int prompts) {
        StringBuilder admitted = new StringBuilder();
        for (int i = 0; i < prompts; i++) {
            admitted.append(outcomes.admits(i) ? '1' : '0');
        }
        return admitted.toString();
    }
}
