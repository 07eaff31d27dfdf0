package io.jenkins.plugins.cascade.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class DivergenceWatchTest {
    private static final int NEVER = -1;

    /** The first step of 200 that is called diverged. */
    private static int divergedAt(DivergenceWatch watch, IntToDoubleFunction loss) {
        for (int step = 1; step <= 200; step++) {
            if (watch.see(step, Map.of("train/loss", loss.applyAsDouble(step))).isPresent()) {
                return step;
            }
        }
        return NEVER;
    }

    @Test
    void aLossThatRisesPastItsBeginningAndTwiceItsBestDiverges() {
        // 1 for 60 steps, then 5: the mean of 20 passes 2 with the sixth of them.
        assertEquals(66, divergedAt(new DivergenceWatch(2), step -> step <= 60 ? 1 : 5));
    }

    @Test
    void aLossThatFallsOrSwingsOrHasOneBadBatchDoesNot() {
        assertEquals(NEVER, divergedAt(new DivergenceWatch(2), step -> 3.0 / step));
        assertEquals(NEVER, divergedAt(new DivergenceWatch(2), step -> step % 2 == 0 ? 0.1 : 2));
        assertEquals(NEVER, divergedAt(new DivergenceWatch(2), step -> step == 100 ? 20 : 1));
    }

    @Test
    void aLossNearZeroThatDoublesIsStillBelowItsBeginning() {
        assertEquals(NEVER, divergedAt(new DivergenceWatch(2), step -> step < 50 ? 1 : step < 100 ? 0.001 : 0.01));
    }

    @Test
    void ratioZeroWatchesNothing() {
        assertEquals(NEVER, divergedAt(new DivergenceWatch(0), step -> step));
    }

    @Test
    void aPhaseWithItsOwnDataBeginsAnew() {
        DivergenceWatch watch = new DivergenceWatch(2);
        for (int step = 1; step <= 100; step++) {
            double phase = step <= 50 ? 1 : 2;
            assertTrue(watch.see(step, Map.of("train/loss", phase * phase * phase, "train/phase", phase))
                    .isEmpty());
        }
    }

    @Test
    void aResumedRunDivergesWhereOneNeverStoppedDoes() {
        IntToDoubleFunction loss = step -> step <= 60 ? 1 : 5;
        DivergenceWatch whole = new DivergenceWatch(2);
        DivergenceWatch first = new DivergenceWatch(2);
        for (int step = 1; step <= 63; step++) {
            whole.see(step, Map.of("train/loss", loss.applyAsDouble(step)));
            first.see(step, Map.of("train/loss", loss.applyAsDouble(step)));
        }
        DivergenceWatch second = new DivergenceWatch(2);
        second.restore(first.state());
        for (int step = 64; step <= 70; step++) {
            Optional<String> expected = whole.see(step, Map.of("train/loss", loss.applyAsDouble(step)));
            assertEquals(expected, second.see(step, Map.of("train/loss", loss.applyAsDouble(step))));
        }
        assertTrue(whole.see(71, Map.of("train/loss", 5.0)).orElse("").contains("the least before (1.0 at step 20)"));
    }
}
