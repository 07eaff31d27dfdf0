package io.jenkins.plugins.cascade.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EpochOrderTest {
    private static int[] epoch(EpochOrder order, int epoch) {
        return LongStream.range(epoch * 50L, epoch * 50L + 50)
                .mapToInt(order::at)
                .toArray();
    }

    @Test
    void everyEpochVisitsEachItemOnceInAnotherOrder() {
        EpochOrder order = new EpochOrder(1, "prompts", 50);
        int[] first = epoch(order, 0);
        int[] second = epoch(order, 1);

        assertFalse(Arrays.equals(first, second));
        for (int[] one : new int[][] {first, second}) {
            assertArrayEquals(
                    IntStream.range(0, 50).toArray(),
                    Arrays.stream(one).sorted().toArray());
        }
    }

    @Test
    void dependsOnSeedNameAndEpochAndNotOnWhatWasAskedBefore() {
        EpochOrder walked = new EpochOrder(1, "prompts", 50);
        LongStream.range(0, 500).forEach(walked::at);

        assertArrayEquals(epoch(new EpochOrder(1, "prompts", 50), 7), epoch(walked, 7));
        assertFalse(Arrays.equals(epoch(new EpochOrder(2, "prompts", 50), 7), epoch(walked, 7)));
        assertFalse(Arrays.equals(epoch(new EpochOrder(1, "replay", 50), 7), epoch(walked, 7)));
        assertEquals(0, new EpochOrder(3, "one", 1).at(1_000_000_000_000L));
    }
}
