package io.jenkins.plugins.cascade.model.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What can stand after {@code |}. */
final class Filters {
    /** Makes a value from a value. */
    @FunctionalInterface
    interface Filter {
        Object apply(Object value, List<Object> arguments, Map<String, Object> named);
    }

    private static final Map<String, Filter> ALL = new HashMap<>();

    static {
        ALL.put("trim", (v, a, n) -> Values.strip(Values.text(v), (String) given("chars", 0, a, n, null)));
        ALL.put("length", (v, a, n) -> length(v));
        ALL.put("count", (v, a, n) -> length(v));
        ALL.put("tojson", JsonText::of);
        ALL.put("default", Filters::defaulted);
        ALL.put("d", Filters::defaulted);
        ALL.put("join", Filters::join);
        ALL.put("upper", (v, a, n) -> Values.text(v).toUpperCase(Locale.ROOT));
        ALL.put("lower", (v, a, n) -> Values.text(v).toLowerCase(Locale.ROOT));
        ALL.put("capitalize", (v, a, n) -> capitalized(Values.text(v)));
        ALL.put("replace", (v, a, n) -> Methods.replace("replace", Values.text(v), a));
        ALL.put("safe", (v, a, n) -> new Safe(Values.text(v)));
        ALL.put("dictsort", (v, a, n) -> sortedPairs(v, a, n));
        ALL.put("string", (v, a, n) -> Values.text(v));
        ALL.put("list", (v, a, n) -> Values.items(v));
        ALL.put("items", (v, a, n) -> v instanceof Map<?, ?> map ? Methods.pairs(map) : noPairs(v));
        ALL.put("first", (v, a, n) -> end(Values.items(v), true));
        ALL.put("last", (v, a, n) -> end(Values.items(v), false));
        ALL.put("reverse", (v, a, n) -> Access.slice(v, null, null, -1L));
        ALL.put("int", (v, a, n) -> whole(v, given("default", 0, a, n, 0L)));
        ALL.put("float", (v, a, n) -> real(v, given("default", 0, a, n, 0.0)));
        ALL.put(
                "abs",
                (v, a, n) -> Values.compare("<", v, 0L) ? Arithmetic.of("-").apply(0L, v) : v);
        ALL.put("sum", (v, a, n) -> Values.items(v).stream()
                .reduce(0L, (x, y) -> Arithmetic.of("+").apply(x, y)));
        ALL.put("select", (v, a, n) -> selected(v, a, null, true));
        ALL.put("reject", (v, a, n) -> selected(v, a, null, false));
        ALL.put("selectattr", (v, a, n) -> selected(v, rest(a), attributeName(a), true));
        ALL.put("rejectattr", (v, a, n) -> selected(v, rest(a), attributeName(a), false));
        ALL.put("map", Filters::mapped);
    }

    private Filters() {}

    /** The filter of a name; null if it is not known. */
    static Filter named(String name) {
        Filter filter = ALL.get(name);
        return filter == null
                ? null
                : (value, arguments, named) -> {
                    if (value instanceof Safe) {
                        throw new JinjaException("the filter '" + name + "' is not for " + Values.typeName(value));
                    }
                    try {
                        return filter.apply(value, arguments, named);
                    } catch (IndexOutOfBoundsException | ClassCastException e) {
                        throw new JinjaException("the filter '" + name + "' has other arguments than are supported");
                    }
                };
    }

    private static Object given(
            String name, int place, List<Object> arguments, Map<String, Object> named, Object otherwise) {
        return arguments.size() > place ? arguments.get(place) : named.getOrDefault(name, otherwise);
    }

    private static Object length(Object value) {
        if (value instanceof String || value instanceof List || value instanceof Map || value instanceof Undefined) {
            return (long) Values.items(value).size();
        }
        throw new JinjaException(Values.typeName(value) + " has no length");
    }

    private static Object defaulted(Object value, List<Object> arguments, Map<String, Object> named) {
        boolean falseToo = Values.isTrue(given("boolean", 1, arguments, named, false));
        boolean taken = value instanceof Undefined || falseToo && !Values.isTrue(value);
        return taken ? given("default_value", 0, arguments, named, "") : value;
    }

    private static Object join(Object value, List<Object> arguments, Map<String, Object> named) {
        Object attribute = given("attribute", 1, arguments, named, null);
        List<Object> parts = new ArrayList<>();
        for (Object item : Values.items(value)) {
            parts.add(Values.text(attribute == null ? item : Access.item(item, attribute)));
        }
        return Methods.join(Values.text(given("d", 0, arguments, named, "")), parts);
    }

    static String capitalized(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.offsetByCodePoints(0, 1);
        return text.substring(0, first).toUpperCase(Locale.ROOT)
                + text.substring(first).toLowerCase(Locale.ROOT);
    }

    private static Object noPairs(Object value) {
        if (value instanceof Undefined) {
            return List.of();
        }
        throw new JinjaException("the filter 'items' is for mappings, not " + Values.typeName(value));
    }

    /** By the keys, small and capital letters alike, as {@code dictsort} without arguments. */
    private static Object sortedPairs(Object value, List<Object> arguments, Map<String, Object> named) {
        if (!(value instanceof Map<?, ?> map) || !arguments.isEmpty() || !named.isEmpty()) {
            throw new JinjaException("this use of 'dictsort' is not supported");
        }
        List<Object> pairs = Methods.pairs(map);
        pairs.sort((a, b) -> Values.order("<", key(a), key(b)));
        return pairs;
    }

    private static Object key(Object pair) {
        Object key = Values.items(pair).get(0);
        return key instanceof String text ? text.toLowerCase(Locale.ROOT) : key;
    }

    private static Object end(List<Object> items, boolean first) {
        if (items.isEmpty()) {
            return new Undefined("an item of nothing");
        }
        return items.get(first ? 0 : items.size() - 1);
    }

    private static Object whole(Object value, Object otherwise) {
        if (Values.number(value) instanceof Long number) {
            return number;
        }
        if (value instanceof Double real) {
            return (long) (double) real;
        }
        String text = Values.strip(Values.text(value), null);
        return text.matches("[+-]?\\d{1,18}")
                ? (Object) Long.valueOf(text)
                : text.matches("[+-]?\\d+\\.\\d*") ? (long) Double.parseDouble(text) : otherwise;
    }

    private static Object real(Object value, Object otherwise) {
        if (Values.number(value) != null) {
            return ((Number) Values.number(value)).doubleValue();
        }
        String text = Values.strip(Values.text(value), null);
        return text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?") ? (Object) Double.valueOf(text) : otherwise;
    }

    private static String attributeName(List<Object> arguments) {
        return (String) arguments.get(0);
    }

    private static List<Object> rest(List<Object> arguments) {
        return arguments.subList(1, arguments.size());
    }

    /** The items of which a test holds, or does not; without a test those that are true. */
    private static List<Object> selected(Object value, List<Object> arguments, String attribute, boolean wanted) {
        Tests.Test test =
                arguments.isEmpty() ? (item, none) -> Values.isTrue(item) : Tests.named((String) arguments.get(0));
        if (test == null) {
            throw new JinjaException("the test '" + arguments.get(0) + "' is not supported");
        }
        List<Object> given = arguments.isEmpty() ? Collections.emptyList() : rest(arguments);
        List<Object> kept = new ArrayList<>();
        for (Object item : Values.items(value)) {
            if (test.holds(attribute == null ? item : path(item, attribute), given) == wanted) {
                kept.add(item);
            }
        }
        return kept;
    }

    private static Object path(Object item, String attribute) {
        Object value = item;
        for (String name : attribute.split("\\.")) {
            value = Access.item(value, name.matches("\\d+") ? (Object) Long.valueOf(name) : name);
        }
        return value;
    }

    private static Object mapped(Object value, List<Object> arguments, Map<String, Object> named) {
        List<Object> results = new ArrayList<>();
        if (named.containsKey("attribute")) {
            for (Object item : Values.items(value)) {
                Object found = path(item, (String) named.get("attribute"));
                boolean missing = found instanceof Undefined && named.containsKey("default");
                results.add(missing ? named.get("default") : found);
            }
            return results;
        }
        Filter filter = named((String) arguments.get(0));
        if (filter == null) {
            throw new JinjaException("the filter '" + arguments.get(0) + "' is not supported");
        }
        for (Object item : Values.items(value)) {
            results.add(filter.apply(item, rest(arguments), named));
        }
        return results;
    }
}
