package io.jenkins.plugins.cascade.steps;

/** Range checks of a step's arguments; the message names the argument and the value. A missing value is left to its default. */
final class Range {
    private Range() {}

    static Integer atLeast(String argument, int least, Integer value) {
        if (value != null && value < least) {
            throw new RefusedArgumentException("atLeast", argument, least, value);
        }
        return value;
    }

    static Integer between(String argument, int least, int most, Integer value) {
        if (value != null && (value < least || value > most)) {
            throw new RefusedArgumentException("between", argument, least, most, value);
        }
        return value;
    }

    static Double above(String argument, double bound, Double value) {
        if (value != null && !(value > bound && value < Double.POSITIVE_INFINITY)) {
            throw new RefusedArgumentException("above", argument, text(bound), value);
        }
        return value;
    }

    static Double atLeast(String argument, double least, Double value) {
        if (value != null && !(value >= least && value < Double.POSITIVE_INFINITY)) {
            throw new RefusedArgumentException("atLeast", argument, text(least), value);
        }
        return value;
    }

    static Double between(String argument, double least, double most, Double value) {
        if (value != null && !(value >= least && value <= most)) {
            throw new RefusedArgumentException("between", argument, text(least), text(most), value);
        }
        return value;
    }

    static String notBlank(String argument, String value) {
        if (value == null || value.isBlank()) {
            throw new RefusedArgumentException("blank", argument);
        }
        return value;
    }

    private static String text(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
