package io.jenkins.plugins.cascade.model.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Methods of Python's strings, mappings and lists. Those that are not here are refused by name. */
final class Methods {
    private static final Set<String> OTHER_STRING = Set.of(
            "casefold",
            "center",
            "encode",
            "expandtabs",
            "format",
            "format_map",
            "isalnum",
            "isalpha",
            "isascii",
            "isdecimal",
            "isdigit",
            "isidentifier",
            "islower",
            "isnumeric",
            "isprintable",
            "isspace",
            "istitle",
            "isupper",
            "ljust",
            "maketrans",
            "partition",
            "rindex",
            "rjust",
            "rpartition",
            "splitlines",
            "swapcase",
            "title",
            "translate",
            "zfill");
    private static final Set<String> OTHER_MAP =
            Set.of("clear", "copy", "fromkeys", "pop", "popitem", "setdefault", "update");
    private static final Set<String> OTHER_LIST =
            Set.of("append", "clear", "copy", "extend", "insert", "pop", "remove", "reverse", "sort");

    private Methods() {}

    /** The method bound to its value; null if values of this type have none of this name. */
    static Callable of(Object value, String name) {
        if (value instanceof String text) {
            return ofString(text, name);
        }
        if (value instanceof Map<?, ?> map) {
            return ofMap(map, name);
        }
        return value instanceof List<?> list ? ofList(list, name) : null;
    }

    private static Callable ofString(String text, String name) {
        return switch (name) {
            case "strip" -> (a, n) -> Values.strip(text, signs(name, a));
            case "lstrip" -> (a, n) -> Values.stripLeft(text, signs(name, a));
            case "rstrip" -> (a, n) -> Values.stripRight(text, signs(name, a));
            case "startswith" -> (a, n) -> anyOf(name, a, text::startsWith);
            case "endswith" -> (a, n) -> anyOf(name, a, text::endsWith);
            case "split" -> (a, n) -> split(name, text, a, n, false);
            case "rsplit" -> (a, n) -> split(name, text, a, n, true);
            case "replace" -> (a, n) -> replace(name, text, a);
            case "capitalize" -> (a, n) -> Filters.capitalized(text);
            case "upper" -> (a, n) -> text.toUpperCase(Locale.ROOT);
            case "lower" -> (a, n) -> text.toLowerCase(Locale.ROOT);
            case "find" -> (a, n) -> place(text, text.indexOf(string(name, a, 0)));
            case "rfind" -> (a, n) -> place(text, text.lastIndexOf(string(name, a, 0)));
            case "index" -> (a, n) -> found(place(text, text.indexOf(string(name, a, 0))));
            case "count" -> (a, n) -> count(text, string(name, a, 0));
            case "join" -> (a, n) -> join(text, Values.items(a.get(0)));
            case "removeprefix" -> (a, n) -> removePrefix(text, string(name, a, 0));
            case "removesuffix" -> (a, n) -> removeSuffix(text, string(name, a, 0));
            default -> refused(OTHER_STRING, name);
        };
    }

    private static Callable ofMap(Map<?, ?> map, String name) {
        return switch (name) {
            case "items" -> (a, n) -> pairs(map);
            case "keys" -> (a, n) -> new ArrayList<>(map.keySet());
            case "values" -> (a, n) -> new ArrayList<>(map.values());
            case "get" -> (a, n) -> map.containsKey(a.get(0)) ? map.get(a.get(0)) : a.size() > 1 ? a.get(1) : null;
            default -> refused(OTHER_MAP, name);
        };
    }

    private static Callable ofList(List<?> list, String name) {
        return switch (name) {
            case "count" ->
                (a, n) -> list.stream()
                        .filter(item -> Values.equal(item, a.get(0)))
                        .count();
            default -> refused(OTHER_LIST, name);
        };
    }

    private static Callable refused(Set<String> names, String name) {
        if (names.contains(name)) {
            throw new JinjaException("the method '" + name + "' is not supported");
        }
        return null;
    }

    static List<Object> pairs(Map<?, ?> map) {
        List<Object> pairs = new ArrayList<>();
        map.forEach((key, value) -> {
            List<Object> pair = new ArrayList<>();
            pair.add(key);
            pair.add(value);
            pairs.add(pair);
        });
        return pairs;
    }

    private interface Holds {
        boolean test(String part);
    }

    private static boolean anyOf(String method, List<Object> arguments, Holds holds) {
        if (arguments.size() == 1 && arguments.get(0) instanceof List<?> parts) {
            return parts.stream().anyMatch(part -> holds.test(string(method, part)));
        }
        requireSize(method, arguments, 1, 1);
        return holds.test(string(method, arguments, 0));
    }

    private static List<Object> split(
            String method, String text, List<Object> arguments, Map<String, Object> named, boolean fromRight) {
        requireSize(method, arguments, 0, 2);
        Object separator = arguments.isEmpty() ? named.get("sep") : arguments.get(0);
        Object most = arguments.size() > 1 ? arguments.get(1) : named.getOrDefault("maxsplit", -1L);
        if (!(most instanceof Long limit)) {
            throw new JinjaException("the method '" + method + "' takes a whole number");
        }
        if (separator == null) {
            if (limit >= 0) {
                throw new JinjaException("the method '" + method + "' with a limit but no separator is not supported");
            }
            return words(text);
        }
        return fromRight
                ? splitRight(text, nonEmpty(string(method, separator)), limit)
                : splitLeft(text, nonEmpty(string(method, separator)), limit);
    }

    private static String nonEmpty(String separator) {
        if (separator.isEmpty()) {
            throw new JinjaException("a string cannot be split at nothing");
        }
        return separator;
    }

    private static List<Object> words(String text) {
        List<Object> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        text.codePoints().forEach(sign -> {
            if (!Values.isSpace(sign)) {
                word.appendCodePoint(sign);
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        });
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    private static List<Object> splitLeft(String text, String separator, long most) {
        List<Object> parts = new ArrayList<>();
        int from = 0;
        int at = text.indexOf(separator);
        while (at >= 0 && (most < 0 || parts.size() < most)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
            at = text.indexOf(separator, from);
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static List<Object> splitRight(String text, String separator, long most) {
        List<Object> parts = new ArrayList<>();
        int to = text.length();
        int at = text.lastIndexOf(separator);
        while (at >= 0 && (most < 0 || parts.size() < most)) {
            parts.add(0, text.substring(at + separator.length(), to));
            to = at;
            at = text.lastIndexOf(separator, at - separator.length());
        }
        parts.add(0, text.substring(0, to));
        return parts;
    }

    static String replace(String method, String text, List<Object> arguments) {
        requireSize(method, arguments, 2, 3);
        String old = string(method, arguments, 0);
        String with = string(method, arguments, 1);
        if (arguments.size() == 2) {
            return text.replace(old, with);
        }
        if (old.isEmpty() || !(arguments.get(2) instanceof Long most)) {
            throw new JinjaException("this use of 'replace' is not supported");
        }
        return join(with, splitLeft(text, old, most));
    }

    static String join(String separator, List<Object> items) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            text.append(i == 0 ? "" : separator).append(string("join", items.get(i)));
        }
        return text.toString();
    }

    private static Object place(String text, int at) {
        return at < 0 ? -1L : (long) text.codePointCount(0, at);
    }

    private static Object found(Object place) {
        if (place.equals(-1L)) {
            throw new JinjaException("a part of a string was not found");
        }
        return place;
    }

    private static Object count(String text, String part) {
        return part.isEmpty()
                ? (Object) (long) (text.codePointCount(0, text.length()) + 1)
                : (Object) (long) (splitLeft(text, part, -1).size() - 1);
    }

    private static String removePrefix(String text, String part) {
        return text.startsWith(part) ? text.substring(part.length()) : text;
    }

    private static String removeSuffix(String text, String part) {
        return text.endsWith(part) ? text.substring(0, text.length() - part.length()) : text;
    }

    private static String signs(String method, List<Object> arguments) {
        requireSize(method, arguments, 0, 1);
        return arguments.isEmpty() || arguments.get(0) == null ? null : string(method, arguments, 0);
    }

    private static void requireSize(String method, List<Object> arguments, int least, int most) {
        if (arguments.size() < least || arguments.size() > most) {
            throw new JinjaException(
                    "the method '" + method + "' with " + arguments.size() + " arguments is not supported");
        }
    }

    private static String string(String method, List<Object> arguments, int index) {
        if (arguments.size() <= index) {
            throw new JinjaException("the method '" + method + "' lacks an argument");
        }
        return string(method, arguments.get(index));
    }

    private static String string(String method, Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new JinjaException("the method '" + method + "' takes a string, not " + Values.typeName(value));
    }
}
