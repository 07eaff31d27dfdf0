package io.jenkins.plugins.cascade.recipe;

/** Range checks whose message names the setting and the value, so that it can be shown to a person as it is. */
final class Check {
    private Check() {}

    static void positive(String setting, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(setting + " must be above 0, but is " + value);
        }
    }

    static void fraction(String setting, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(setting + " must lie between 0 and 1, but is " + value);
        }
    }

    static void atLeast(String setting, double value, double least) {
        if (!(value >= least) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    setting + " must be at least " + format(least) + ", but is " + format(value));
        }
    }

    static String notBlank(String setting, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(setting + " must not be empty");
        }
        return value;
    }

    private static String format(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
