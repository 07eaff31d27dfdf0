package io.jenkins.plugins.cascade.local.binding;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;

/** Numbers and booleans that come as texts: build parameters and environment variables always do. */
final class Texts {
    private static final Set<Class<?>> WHOLE =
            Set.of(short.class, Short.class, int.class, Integer.class, long.class, Long.class, BigInteger.class);
    private static final Set<Class<?>> DECIMAL =
            Set.of(float.class, Float.class, double.class, Double.class, BigDecimal.class);

    private Texts() {}

    /** Whether a text may hold such a value. */
    static boolean holds(Class<?> type) {
        return isBoolean(type) || WHOLE.contains(type) || DECIMAL.contains(type);
    }

    /** The value in a text, empty if it holds none of that type. */
    static Optional<Object> read(String text, Class<?> type) {
        if (isBoolean(type)) {
            return text.equals("true") || text.equals("false") ? Optional.of(Boolean.valueOf(text)) : Optional.empty();
        }
        try {
            if (WHOLE.contains(type)) {
                return Numbers.fit(Long.valueOf(text), type);
            }
            return DECIMAL.contains(type) ? Numbers.fit(new BigDecimal(text), type) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isBoolean(Class<?> type) {
        return type == boolean.class || type == Boolean.class;
    }
}
