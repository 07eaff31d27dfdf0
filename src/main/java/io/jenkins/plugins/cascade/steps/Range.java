package io.jenkins.plugins.cascade.steps;

/** Range checks of a step's arguments; the message names the argument and the value. A missing value is left to its default. */
final class Range {
    private Range() {}

    static Integer atLeast(String argument, int least, Integer value) {
        if (value != null && value < least) {
            throw new IllegalArgumentException(argument + " must be at least " + least + ", but is " + value);
        }
        return value;
    }

    static Double above(String argument, double bound, Double value) {
        if (value != null && !(value > bound && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(argument + " must be above " + text(bound) + ", but is " + value);
        }
        return value;
    }

    static Double atLeast(String argument, double least, Double value) {
        if (value != null && !(value >= least && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(argument + " must be at least " + text(least) + ", but is " + value);
        }
        return value;
    }

    static Double between(String argument, double least, double most, Double value) {
        if (value != null && !(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    argument + " must lie between " + text(least) + " and " + text(most) + ", but is " + value);
        }
        return value;
    }

    static String notBlank(String argument, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(argument + " must not be empty");
        }
        return value;
    }

    private static String text(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
