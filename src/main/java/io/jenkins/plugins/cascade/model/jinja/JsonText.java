package io.jenkins.plugins.cascade.model.jinja;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A value as Python's {@code json.dumps} writes it. */
final class JsonText {
    private final StringBuilder text = new StringBuilder();
    private final boolean ascii;
    private final boolean sorted;
    private final int indent;
    private final String comma;
    private final String colon;

    private JsonText(boolean ascii, boolean sorted, int indent, String comma, String colon) {
        this.ascii = ascii;
        this.sorted = sorted;
        this.indent = indent;
        this.comma = comma;
        this.colon = colon;
    }

    /** The filter {@code tojson(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False)} of transformers. */
    static String of(Object value, List<Object> arguments, Map<String, Object> named) {
        Object ascii = argument("ensure_ascii", 0, arguments, named);
        Object indent = argument("indent", 1, arguments, named);
        Object separators = argument("separators", 2, arguments, named);
        Object sorted = argument("sort_keys", 3, arguments, named);
        boolean lines = indent != null;
        String comma = lines ? "," : ", ";
        String colon = ": ";
        if (separators instanceof List<?> pair && pair.size() == 2) {
            comma = Values.text(pair.get(0));
            colon = Values.text(pair.get(1));
        }
        if (lines && !(indent instanceof Long)) {
            throw new JinjaException("the indent of tojson must be a whole number");
        }
        int width = lines ? (int) Math.min(100, (Long) indent) : -1;
        JsonText json = new JsonText(Values.isTrue(ascii), Values.isTrue(sorted), width, comma, colon);
        json.write(value, 0);
        return json.text.toString();
    }

    private static Object argument(String name, int place, List<Object> arguments, Map<String, Object> named) {
        return arguments.size() > place ? arguments.get(place) : named.get(name);
    }

    private void write(Object value, int depth) {
        if (value == null) {
            text.append("null");
        } else if (value instanceof Boolean || value instanceof Long) {
            text.append(value);
        } else if (value instanceof Double real) {
            text.append(number(real));
        } else if (value instanceof String string) {
            string(string);
        } else if (value instanceof List<?> list) {
            list(list, depth);
        } else if (value instanceof Map<?, ?> map) {
            map(sorted ? new TreeMap<Object, Object>(map) : map, depth);
        } else {
            throw new JinjaException(Values.typeName(value) + " has no JSON");
        }
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        return Double.isInfinite(value) ? value > 0 ? "Infinity" : "-Infinity" : Values.real(value);
    }

    private void list(List<?> list, int depth) {
        text.append('[');
        Iterator<?> items = list.iterator();
        while (items.hasNext()) {
            line(depth + 1);
            write(items.next(), depth + 1);
            text.append(items.hasNext() ? comma : "");
        }
        if (!list.isEmpty()) {
            line(depth);
        }
        text.append(']');
    }

    private void map(Map<?, ?> map, int depth) {
        text.append('{');
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            line(depth + 1);
            key(entry.getKey(), depth);
            text.append(colon);
            write(entry.getValue(), depth + 1);
            text.append(entries.hasNext() ? comma : "");
        }
        if (!map.isEmpty()) {
            line(depth);
        }
        text.append('}');
    }

    private void key(Object key, int depth) {
        if (key instanceof String string) {
            string(string);
        } else if (key == null || key instanceof Boolean || key instanceof Long || key instanceof Double) {
            text.append('"');
            write(key, depth);
            text.append('"');
        } else {
            throw new JinjaException(Values.typeName(key) + " is no key in JSON");
        }
    }

    private void line(int depth) {
        if (indent >= 0) {
            text.append('\n').append(" ".repeat(indent * depth));
        }
    }

    private void string(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char sign = string.charAt(i);
            int plain = "\"\\\n\r\t\f\b".indexOf(sign);
            if (plain >= 0) {
                text.append('\\').append("\"\\nrtfb".charAt(plain));
            } else if (sign < 0x20 || ascii && sign > 0x7e) {
                text.append(String.format("\\u%04x", (int) sign));
            } else {
                text.append(sign);
            }
        }
        text.append('"');
    }
}
