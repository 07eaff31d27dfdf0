package io.jenkins.plugins.cascade.track;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Conditions in MLflow's search grammar. The grammar knows no escape inside a quoted text, so a text that could end the quotes is refused
 * rather than changed.
 */
final class SearchFilter {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.:/ -]{1,250}");
    private static final Pattern VALUE = Pattern.compile("[^'\"`\\\\\\p{Cntrl}]{1,500}");

    private SearchFilter() {}

    /** That every tag has its value. */
    static String tags(Map<String, String> tags) throws TrackingException {
        StringBuilder filter = new StringBuilder();
        for (Map.Entry<String, String> tag : new TreeMap<>(tags).entrySet()) {
            filter.append(filter.isEmpty() ? "" : " AND ").append(equal(key(tag.getKey()), tag.getValue()));
        }
        return filter.toString();
    }

    /** That an attribute, or what {@link #key} made, has a value. */
    static String equal(String left, String value) throws TrackingException {
        if (!VALUE.matcher(value).matches()) {
            throw refused(value);
        }
        return left + " = '" + value + "'";
    }

    /** All conditions that are not empty. */
    static String all(String... conditions) {
        return Arrays.stream(conditions)
                .filter(condition -> !condition.isEmpty())
                .collect(Collectors.joining(" AND "));
    }

    private static String key(String key) throws TrackingException {
        if (!KEY.matcher(key).matches()) {
            throw refused(key);
        }
        return "tags.`" + key + "`";
    }

    private static TrackingException refused(String text) {
        return TrackingException.lasting(
                "MLflow cannot be searched for \"" + Answers.printable(text)
                        + "\": use 1 to 500 characters without quotes and backslashes",
                null);
    }
}
