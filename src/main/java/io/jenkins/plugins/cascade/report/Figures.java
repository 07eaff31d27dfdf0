package io.jenkins.plugins.cascade.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** How numbers are written for people. Scores and differences are fractions and shown in per cent and percentage points. */
final class Figures {
    /** In the place of a number that does not exist. */
    static final String NONE = "–";

    private static final double PERCENT = 100;

    private Figures() {}

    /** A score in per cent with one decimal, for example {@code 83.4}. */
    static String percent(double fraction) {
        return Scale.fits(fraction) ? fixed(fraction * PERCENT, 1) : NONE;
    }

    /** A difference in points with its sign and one decimal, for example {@code +1.2} or {@code −0.4}. */
    static String points(double fraction) {
        if (!Scale.fits(fraction)) {
            return NONE;
        }
        String text = fixed(Math.abs(fraction) * PERCENT, 1);
        if (text.equals("0.0")) {
            return text;
        }
        return (fraction < 0 ? "−" : "+") + text;
    }

    /** A margin in points, up to two decimals, for example {@code 3} or {@code 1.25}. */
    static String margin(double fraction) {
        return Scale.fits(fraction) ? shortest(fraction * PERCENT, 2) : NONE;
    }

    /** A ratio with two decimals; very large ones, of a margin near 0, are not shown. */
    static String ratio(double value) {
        return Double.isFinite(value) && Math.abs(value) < 1000 ? fixed(value, 2) : NONE;
    }

    /**
     * Any value with about three significant digits, for axes and curves; from 1,000 to ten
     * million as whole numbers, very small and very large ones as in {@code 1.5e−3}.
     */
    static String value(double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        double size = Math.abs(value);
        if (size == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(3, RoundingMode.HALF_EVEN));
        String text;
        if (size < 0.01 || size >= 1e7) {
            text = scientific(rounded);
        } else if (size >= 1000) {
            text = Long.toString(Math.round(value));
        } else {
            text = rounded.stripTrailingZeros().toPlainString();
        }
        return text.replace('-', '−');
    }

    private static String scientific(BigDecimal value) {
        BigDecimal digits =
                value.round(new MathContext(2, RoundingMode.HALF_EVEN)).stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        return digits.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
    }

    /** A time, for example {@code 48 s}, {@code 3 min 05 s}, {@code 2 h 07 min}. */
    static String duration(double seconds) {
        if (!Double.isFinite(seconds)) {
            return NONE;
        }
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        if (whole < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
        }
        return String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
    }

    /** A count, for example {@code 950}, {@code 12.3 K}, {@code 410 K}. */
    static String count(double count) {
        String[] units = {"", " K", " M", " G", " T"};
        double rest = count;
        int unit = 0;
        while (rest >= 999.95 && unit < units.length - 1) {
            rest /= 1000;
            unit++;
        }
        return fixed(rest, unit == 0 || rest >= 99.95 ? 0 : 1) + units[unit];
    }

    /** Level of a one-sided bound, for example {@code 95 %}. */
    static String level(double alpha) {
        return shortest((1 - alpha) * PERCENT, 1) + " %";
    }

    private static String fixed(double value, int decimals) {
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return text.startsWith("-") ? "−" + text.substring(1) : text;
    }

    private static String shortest(double value, int decimals) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0
                ? "0"
                : rounded.stripTrailingZeros().toPlainString().replace('-', '−');
    }
}
