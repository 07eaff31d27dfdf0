package io.jenkins.plugins.cascade.local.binding;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** Groovy writes 5 as an Integer and 0.5 as a BigDecimal; a step declares an int, a long or a double. */
final class Numbers {
    private Numbers() {}

    /** The number as the declared type, if nothing is lost but a decimal's last bits. */
    static Optional<Object> fit(Number number, Class<?> type) {
        if (type == double.class || type == Double.class) {
            return Optional.of(number.doubleValue());
        }
        if (type == float.class || type == Float.class) {
            return Optional.of(number.floatValue());
        }
        if (type == BigDecimal.class) {
            return Optional.of(new BigDecimal(number.toString()));
        }
        if (!isWhole(number)) {
            return Optional.empty();
        }
        long value = number.longValue();
        if (type == long.class || type == Long.class) {
            return Optional.of(value);
        }
        if ((type == int.class || type == Integer.class) && value == (int) value) {
            return Optional.of((int) value);
        }
        if ((type == short.class || type == Short.class) && value == (short) value) {
            return Optional.of((short) value);
        }
        return type == BigInteger.class ? Optional.of(BigInteger.valueOf(value)) : Optional.empty();
    }

    private static boolean isWhole(Number number) {
        return number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte;
    }
}
