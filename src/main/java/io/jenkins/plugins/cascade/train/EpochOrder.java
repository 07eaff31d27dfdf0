package io.jenkins.plugins.cascade.train;

import io.jenkins.plugins.cascade.recipe.Seeds;
import java.util.Random;

/**
 * An endless order over {@code size} items: every epoch visits each once, shuffled by (seed, name, epoch) alone. A position is all that a
 * checkpoint keeps of it.
 */
final class EpochOrder {
    private final long seed;
    private final String name;
    private final int size;
    private long epoch = -1;
    private int[] order;

    /**
     * @param seed the stage's seed
     * @param name tells apart the orders of one stage
     * @param size items an epoch, at least 1
     */
    EpochOrder(long seed, String name, int size) {
        this.seed = seed;
        this.name = name;
        this.size = size;
    }

    /** The item at a position, from 0 and without end. */
    int at(long position) {
        long wanted = position / size;
        if (wanted != epoch) {
            order = shuffled(wanted);
            epoch = wanted;
        }
        return order[(int) (position % size)];
    }

    private int[] shuffled(long ofEpoch) {
        int[] result = new int[size];
        shuffle(result, new Random(Seeds.of(seed, "order", name, ofEpoch)));
        return result;
    }

    /** Fisher and Yates' shuffle of 0, 1, ... with {@link Random}, whose numbers the Java platform specifies exactly. */
    private static void shuffle(int[] result, Random random) {
        for (int i = 0; i < result.length; i++) {
            int j = random.nextInt(i + 1);
            result[i] = result[j];
            result[j] = i;
        }
    }
}
