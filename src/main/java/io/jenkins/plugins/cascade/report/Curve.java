package io.jenkins.plugins.cascade.report;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Values over training steps, in rising order of the steps. */
final class Curve {
    private static final int FIRST = 64;
    private int[] steps = new int[FIRST];
    private double[] values = new double[FIRST];
    private int size;

    /** Adds a value; a step that is not above the last one means a resume: what was done from there on was done again and is forgotten. */
    void add(int step, double value) {
        while (size > 0 && steps[size - 1] >= step) {
            size--;
        }
        if (size == steps.length) {
            steps = Arrays.copyOf(steps, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        steps[size] = step;
        values[size] = value;
        size++;
    }

    int size() {
        return size;
    }

    int step(int i) {
        return steps[i];
    }

    double value(int i) {
        return values[i];
    }

    double least() {
        return Arrays.stream(values, 0, size).min().orElse(Double.NaN);
    }

    double greatest() {
        return Arrays.stream(values, 0, size).max().orElse(Double.NaN);
    }

    /**
     * At most {@code most} points (at least 2) that keep the look of the curve: largest triangle, three buckets (Steinarsson 2013). The
     * first and the last point stay.
     */
    Curve reduced(int most) {
        if (size <= most) {
            return this;
        }
        Curve reduced = new Curve();
        reduced.add(steps[0], values[0]);
        int buckets = most - 2;
        int last = 0;
        for (int bucket = 0; bucket < buckets; bucket++) {
            int chosen = largest(last, bound(bucket, buckets), bound(bucket + 1, buckets), bound(bucket + 2, buckets));
            reduced.add(steps[chosen], values[chosen]);
            last = chosen;
        }
        reduced.add(steps[size - 1], values[size - 1]);
        return reduced;
    }

    private int bound(int bucket, int buckets) {
        return bucket > buckets ? size : (int) (1 + (long) bucket * (size - 2) / buckets);
    }

    /** The point of {@code [from, to)} that spans the largest triangle with the last chosen point and the mean of {@code [to, next)}. */
    private int largest(int last, int from, int to, int next) {
        double meanStep =
                IntStream.range(to, next).mapToDouble(i -> steps[i]).average().orElse(steps[size - 1]);
        double meanValue =
                IntStream.range(to, next).mapToDouble(i -> values[i]).average().orElse(values[size - 1]);
        int best = from;
        double largest = -1;
        for (int i = from; i < to; i++) {
            double area = Math.abs((steps[last] - meanStep) * (values[i] - values[last])
                    - (steps[last] - (double) steps[i]) * (meanValue - values[last]));
            if (area > largest) {
                largest = area;
                best = i;
            }
        }
        return best;
    }
}
