package io.jenkins.plugins.cascade.model.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Attributes, items and slices. */
final class Access {
    private Access() {}

    /** What the statement {@code set ns.name} changes. */
    static final class Namespace {
        private final Map<String, Object> values;

        Namespace(Map<String, Object> values) {
            this.values = new java.util.HashMap<>(values);
        }

        void set(String name, Object value) {
            values.put(name, value);
        }
    }

    /** {@code value.name}: of a mapping a method before a key, as in Jinja. */
    static Object attribute(Object value, String name) {
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (value instanceof Namespace namespace) {
            return namespace.values.containsKey(name) ? namespace.values.get(name) : new Undefined(name);
        }
        Callable method = Methods.of(value, name);
        if (method != null) {
            return method;
        }
        if (value instanceof Map<?, ?> map && map.containsKey(name)) {
            return map.get(name);
        }
        return new Undefined(name);
    }

    /** {@code value[key]}: of a mapping a key before a method. */
    static Object item(Object value, Object key) {
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (value instanceof Map<?, ?> map && map.containsKey(key)) {
            return map.get(key);
        }
        if (key instanceof String name) {
            return attribute(value, name);
        }
        if (key instanceof Long index && (value instanceof List || value instanceof String)) {
            List<Object> items = Values.items(value);
            long place = index < 0 ? index + items.size() : index;
            if (place >= 0 && place < items.size()) {
                return items.get((int) place);
            }
        }
        return new Undefined("the item " + Values.text(key instanceof Undefined ? null : key));
    }

    /** {@code value[start:stop:step]}, null for a part that is left out. */
    static Object slice(Object value, Object start, Object stop, Object step) {
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (!(value instanceof List) && !(value instanceof String)) {
            throw new JinjaException(Values.typeName(value) + " has no slices");
        }
        List<Object> items = Values.items(value);
        long stride = step == null ? 1 : whole(step);
        if (stride == 0) {
            throw new JinjaException("the step of a slice is 0");
        }
        int size = items.size();
        long from = bound(start, stride > 0 ? 0 : size - 1L, size, stride);
        long to = bound(stop, stride > 0 ? size : -1L, size, stride);
        List<Object> part = new ArrayList<>();
        for (long i = from; stride > 0 ? i < to : i > to; i += stride) {
            part.add(items.get((int) i));
        }
        if (value instanceof String) {
            StringBuilder text = new StringBuilder();
            part.forEach(text::append);
            return text.toString();
        }
        return part;
    }

    private static long bound(Object given, long otherwise, int size, long stride) {
        if (given == null) {
            return otherwise;
        }
        long place = whole(given);
        place = place < 0 ? place + size : place;
        long least = stride > 0 ? 0 : -1;
        return Math.max(least, Math.min(place, stride > 0 ? size : size - 1L));
    }

    private static long whole(Object value) {
        if (Values.number(value) instanceof Long number) {
            return number;
        }
        throw new JinjaException("a slice has " + Values.typeName(value) + " for a number");
    }
}
