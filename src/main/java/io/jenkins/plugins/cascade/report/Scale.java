package io.jenkins.plugins.cascade.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A linear map from values to coordinates.
 *
 * @param from value at {@code start}
 * @param to value at {@code end}, above {@code from}
 * @param start coordinate of {@code from}
 * @param end coordinate of {@code to}; for a vertical axis below {@code start}
 */
record Scale(double from, double to, double start, double end) {
    private static final double LARGEST = 1e12;

    Scale {
        if (!(from < to) || !Double.isFinite(to - from)) {
            throw new IllegalArgumentException(
                    "A scale needs a finite range above 0, but runs from " + from + " to " + to);
        }
    }

    /** A scale over a range that may be empty or a single value; it is widened to at least {@code span}. */
    static Scale over(double low, double high, double span, double start, double end) {
        double missing = span - (high - low);
        double widen = missing > 0 ? missing / 2 : 0;
        return new Scale(low - widen, high + widen, start, end);
    }

    /** Whether a value can be drawn at all: finite, and so small that ranges of such values stay finite. */
    static boolean fits(double value) {
        return Math.abs(value) <= LARGEST;
    }

    double at(double value) {
        return start + (value - from) / (to - from) * (end - start);
    }

    /** Round values inside the range, about {@code count} of them, steps of 1, 2 or 5 times a power of ten. */
    List<Double> ticks(int count) {
        double step = step((to - from) / count);
        List<Double> ticks = new ArrayList<>();
        for (double i = Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++) {
            ticks.add(i * step + 0.0);
        }
        return ticks;
    }

    private static double step(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double lead = rough / power;
        if (lead <= 1.5) {
            return power;
        }
        if (lead <= 3.5) {
            return 2 * power;
        }
        return lead <= 7.5 ? 5 * power : 10 * power;
    }
}
