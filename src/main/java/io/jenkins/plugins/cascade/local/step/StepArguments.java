package io.jenkins.plugins.cascade.local.step;

import io.jenkins.plugins.cascade.local.build.Body;
import java.util.Map;

/**
 * The arguments of one call, of the types that the step declares.
 *
 * @param values by name; those left out are absent
 * @param body the block; does nothing if there is none
 */
record StepArguments(Map<String, Object> values, Body body) {
    /** A value, or the default if it was left out or is null. */
    <T> T get(String name, Class<T> type, T byDefault) {
        Object value = values.get(name);
        return value == null ? byDefault : type.cast(value);
    }

    /** A text, empty if it was left out. */
    String text(String name) {
        return get(name, String.class, "");
    }

    /** A flag, false if it was left out. */
    boolean flag(String name) {
        return get(name, Boolean.class, false);
    }
}
