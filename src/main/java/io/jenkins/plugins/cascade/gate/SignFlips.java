package io.jenkins.plugins.cascade.gate;

import java.util.SplittableRandom;

/**
 * Random signs for many values. Sixty-four signs are drawn at once, and neighbours of equal value are summed by counting bits, because
 * scores take few values: a million items are flipped ten thousand times in a second or two.
 */
final class SignFlips {

    /** With so many different values, and none of them large among them, the sum of flips is normal for every purpose here. */
    private static final int MANY = 100_000;

    private static final double LARGEST_SHARE = 1e-3;

    private final double[] values;
    private final int[] ends;
    private final int runs;
    private double observed;
    private double squares;
    private double largest;

    /** @param sorted the values in ascending order, none of them 0 */
    SignFlips(double[] sorted) {
        values = new double[sorted.length];
        ends = new int[sorted.length];
        int counted = 0;
        for (int i = 0; i < sorted.length; i++) {
            observed += sorted[i];
            squares += sorted[i] * sorted[i];
            largest = Math.max(largest, sorted[i] * sorted[i]);
            boolean continues = i % Long.SIZE != 0 && sorted[i] == sorted[i - 1];
            counted += continues ? 0 : 1;
            values[counted - 1] = sorted[i];
            ends[counted - 1] = i + 1;
        }
        runs = counted;
    }

    /** The sum without flips. */
    double observed() {
        return observed;
    }

    /** Standard deviation of the sum over all flips. */
    double deviation() {
        return Math.sqrt(squares);
    }

    /** Whether the sum over all flips is as good as normal (Lindeberg), so that drawing them would only add noise. */
    boolean isNormal() {
        return runs > MANY && largest < LARGEST_SHARE * squares;
    }

    /** The sum with signs drawn anew. */
    double next(SplittableRandom random) {
        double sum = 0;
        long bits = 0;
        int start = 0;
        for (int run = 0; run < runs; run++) {
            if (start % Long.SIZE == 0) {
                bits = random.nextLong();
            }
            int length = ends[run] - start;
            long mask = length == Long.SIZE ? -1L : (1L << length) - 1;
            sum += values[run] * (length - 2 * Long.bitCount(bits & mask));
            bits = length == Long.SIZE ? 0 : bits >>> length;
            start = ends[run];
        }
        return sum;
    }
}
