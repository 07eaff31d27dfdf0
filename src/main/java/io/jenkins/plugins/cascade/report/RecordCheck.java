package io.jenkins.plugins.cascade.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What every field of a record must hold, checked when it is made and so also when it is read from a file. */
final class RecordCheck {
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

    private RecordCheck() {}

    static String notBlank(String field, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(field + " must not be empty");
        }
        return value;
    }

    static <T> T notNull(String field, T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " must be given");
        }
        return value;
    }

    static void notNegative(String field, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(field + " must be a number of at least 0, but is " + value);
        }
    }

    /** An instant in ISO 8601, for example {@code 2026-11-24T11:40:23Z}, or null. */
    static void instant(String field, String value) {
        if (value == null) {
            return;
        }
        try {
            Instant.parse(value);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    field + " must be a time such as 2026-11-24T11:40:23Z, but is '" + value + "'", e);
        }
    }

    /** A path inside the workspace, written with slashes, or null: a record may come from another machine and is not trusted. */
    static void inside(String field, String value) {
        if (value == null) {
            return;
        }
        boolean escapes = value.isEmpty()
                || value.startsWith("/")
                || value.indexOf('\\') >= 0
                || value.indexOf('\0') >= 0
                || DRIVE.matcher(value).matches()
                || List.of(value.split("/", -1)).contains("..");
        if (escapes) {
            throw new IllegalArgumentException(
                    field + " must be a path inside the workspace without '..', but is '" + value + "'");
        }
    }

    static <T> List<T> list(List<T> values) {
        return values == null ? List.of() : List.copyOf(values);
    }

    static <T> SortedMap<String, T> map(Map<String, T> values) {
        SortedMap<String, T> sorted = new TreeMap<>();
        if (values != null) {
            values.forEach((key, value) -> sorted.put(key, notNull(key, value)));
        }
        return Collections.unmodifiableSortedMap(sorted);
    }
}
