package io.jenkins.plugins.cascade.gate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A loss of exactly the margin passes with at most alpha and one point, give or take what the draws make of chance. */
class FalsePassTest {

    private static final double MOST = 0.06;

    @ParameterizedTest
    @CsvSource({
        "BINARY, 30, 1, 2000",
        "BINARY, 30, 3, 200",
        "BINARY, 100, 1, 2000",
        "BINARY, 100, 5, 300",
        "BINARY, 500, 1, 2000",
        "BINARY, 500, 5, 1000",
        "BINARY, 2000, 1, 600",
        "BINARY, 2000, 5, 600",
        "BINARY_LOSSES, 30, 1, 2000",
        "BINARY_LOSSES, 100, 1, 2000",
        "BINARY_LOSSES, 100, 5, 300",
        "BINARY_LOSSES, 500, 1, 2000",
        "GRADED, 30, 1, 2000",
        "GRADED, 30, 3, 500",
        "GRADED, 100, 1, 2000",
        "GRADED, 100, 5, 1000",
        "GRADED, 500, 1, 2000",
        "GRADED, 500, 5, 1000",
        "GRADED, 2000, 1, 600",
        "GRADED, 2000, 5, 600",
        "GRADED_LOSSES, 30, 1, 2000",
        "GRADED_LOSSES, 30, 3, 2000",
        "GRADED_LOSSES, 100, 1, 300",
        "GRADED_LOSSES, 100, 5, 300",
        "GRADED_LOSSES, 500, 1, 300",
    })
    void aLossOfExactlyTheMarginRarelyPasses(
            FalsePassSimulation.Scoring scoring, int items, int clusterSize, int draws) {
        double rate = FalsePassSimulation.falsePasses(scoring, items, clusterSize, draws, 7);

        double chance = 2 * Math.sqrt(MOST * (1 - MOST) / draws);
        assertTrue(rate <= MOST + chance, "passed with " + rate);
    }
}
