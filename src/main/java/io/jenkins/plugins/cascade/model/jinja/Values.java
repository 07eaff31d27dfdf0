package io.jenkins.plugins.cascade.model.jinja;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What Python does with any value: truth, text, comparison. */
final class Values {
    private Values() {}

    static boolean isTrue(Object value) {
        if (value == null || value instanceof Undefined) {
            return false;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        if (value instanceof List<?> list) {
            return !list.isEmpty();
        }
        if (value instanceof Map<?, ?> map) {
            return !map.isEmpty();
        }
        return !(value instanceof Number number) || number.doubleValue() != 0;
    }

    /** As {@code str(value)}. */
    static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Safe safe) {
            return safe.text();
        }
        return value instanceof Undefined ? "" : repr(value);
    }

    /** As {@code repr(value)}. */
    private static String repr(Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (value instanceof Double real) {
            return real(real);
        }
        if (value instanceof Number) {
            return value.toString();
        }
        if (value instanceof String text) {
            return quoted(text);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Values::repr).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> repr(entry.getKey()) + ": " + repr(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        throw new JinjaException("it prints " + typeName(value));
    }

    private static String quoted(String text) {
        String quote = text.contains("'") && !text.contains("\"") ? "\"" : "'";
        StringBuilder quoted = new StringBuilder(quote);
        text.codePoints().forEach(sign -> {
            String plain = Character.toString(sign);
            if (plain.equals(quote) || sign == '\\') {
                quoted.append('\\').append(plain);
            } else if (sign == '\n' || sign == '\r' || sign == '\t') {
                quoted.append(sign == '\n' ? "\\n" : sign == '\r' ? "\\r" : "\\t");
            } else if (!isPrintable(sign)) {
                String form = sign < 0x100 ? "\\x%02x" : sign < 0x10000 ? "\\u%04x" : "\\U%08x";
                quoted.append(String.format(form, sign));
            } else {
                quoted.append(plain);
            }
        });
        return quoted.append(quote).toString();
    }

    private static boolean isPrintable(int sign) {
        return switch (Character.getType(sign)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> sign == ' ';
            default -> true;
        };
    }

    /** A float as Python writes it: an exponent below 1e-4 and from 1e16. */
    static String real(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-4 || size >= 1e16)) {
            String[] parts = Double.toString(value).split("E");
            int exponent = Integer.parseInt(parts[1]);
            String digits = parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
            return digits + String.format("e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
        }
        String plain = new BigDecimal(Double.toString(value)).toPlainString();
        return Double.toString(value).startsWith("-0.0") && value == 0
                ? "-0.0"
                : plain.contains(".") ? plain : plain + ".0";
    }

    /** As Python would name its type. */
    static String typeName(Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Undefined undefined) {
            return "the undefined '" + undefined.what() + "'";
        }
        if (value instanceof Safe) {
            return "what is marked as safe";
        }
        return value instanceof String
                ? "a string"
                : value instanceof Boolean
                        ? "a boolean"
                        : value instanceof Number
                                ? "a number"
                                : value instanceof List ? "a list" : value instanceof Map ? "a mapping" : "an object";
    }

    /** A number, booleans being 0 and 1; null if it is none. */
    static Object number(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? 1L : 0L;
        }
        return value instanceof Long || value instanceof Double ? value : null;
    }

    static boolean equal(Object a, Object b) {
        Object first = number(a);
        Object second = number(b);
        if (first != null && second != null) {
            return first instanceof Long && second instanceof Long
                    ? first.equals(second)
                    : ((Number) first).doubleValue() == ((Number) second).doubleValue();
        }
        if (a instanceof List<?> left && b instanceof List<?> right) {
            boolean same = left.size() == right.size();
            for (int i = 0; same && i < left.size(); i++) {
                same = equal(left.get(i), right.get(i));
            }
            return same;
        }
        if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
            return left.size() == right.size()
                    && left.entrySet().stream()
                            .allMatch(entry -> right.containsKey(entry.getKey())
                                    && equal(entry.getValue(), right.get(entry.getKey())));
        }
        return a instanceof Undefined ? b instanceof Undefined : Objects.equals(a, b);
    }

    static boolean compare(String operator, Object a, Object b) {
        return switch (operator) {
            case "==" -> equal(a, b);
            case "!=" -> !equal(a, b);
            case "in" -> contains(b, a);
            case "not in" -> !contains(b, a);
            default -> holds(operator, order(operator, a, b));
        };
    }

    private static boolean holds(String operator, int order) {
        return switch (operator) {
            case "<" -> order < 0;
            case ">" -> order > 0;
            case "<=" -> order <= 0;
            default -> order >= 0;
        };
    }

    static int order(String operator, Object a, Object b) {
        Object first = number(a);
        Object second = number(b);
        if (first != null && second != null) {
            return Double.compare(((Number) first).doubleValue(), ((Number) second).doubleValue());
        }
        if (a instanceof String left && b instanceof String right) {
            return Arrays.compare(
                    left.codePoints().toArray(), right.codePoints().toArray());
        }
        if (a instanceof Undefined || b instanceof Undefined) {
            throw (a instanceof Undefined undefined ? undefined : (Undefined) b).failure();
        }
        throw new JinjaException("the operator " + operator + " is not for " + typeName(a) + " and " + typeName(b));
    }

    private static boolean contains(Object holder, Object item) {
        if (holder instanceof String text) {
            if (item instanceof String part) {
                return text.contains(part);
            }
            throw new JinjaException("only a string can be in a string, not " + typeName(item));
        }
        if (holder instanceof List<?> list) {
            return list.stream().anyMatch(value -> equal(value, item));
        }
        if (holder instanceof Map<?, ?> map) {
            return map.containsKey(item);
        }
        if (holder instanceof Undefined) {
            return false;
        }
        throw new JinjaException("nothing can be in " + typeName(holder));
    }

    /** What a loop goes over: the items, the keys or the signs. */
    static List<Object> items(Object value) {
        if (value instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        if (value instanceof Map<?, ?> map) {
            return new ArrayList<>(map.keySet());
        }
        if (value instanceof String text) {
            return text.codePoints().mapToObj(Character::toString).collect(Collectors.toCollection(ArrayList::new));
        }
        if (value instanceof Undefined) {
            return List.of();
        }
        throw new JinjaException(typeName(value) + " has no items to go over");
    }

    static String strip(String text, String signs) {
        return stripLeft(stripRight(text, signs), signs);
    }

    /** @param signs what is taken away; null for white space */
    static String stripLeft(String text, String signs) {
        int start = 0;
        while (start < text.length() && isStripped(text.codePointAt(start), signs)) {
            start += Character.charCount(text.codePointAt(start));
        }
        return text.substring(start);
    }

    static String stripRight(String text, String signs) {
        int end = text.length();
        while (end > 0 && isStripped(text.codePointBefore(end), signs)) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(0, end);
    }

    private static boolean isStripped(int sign, String signs) {
        return signs == null ? isSpace(sign) : signs.indexOf(sign) >= 0;
    }

    /** As {@code str.isspace}. */
    static boolean isSpace(int sign) {
        return sign >= 9 && sign <= 13 || sign >= 28 && sign <= 32 || sign == 0x85 || Character.isSpaceChar(sign);
    }
}
