package io.jenkins.plugins.cascade.model.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/** The operators of numbers, strings and lists as Python has them. */
final class Arithmetic {
    private Arithmetic() {}

    static BinaryOperator<Object> of(String operator) {
        return switch (operator) {
            case "+" -> Arithmetic::plus;
            case "-" -> (a, b) -> numbers(operator, a, b, Math::subtractExact, (x, y) -> x - y);
            case "*" -> Arithmetic::times;
            case "/" -> (a, b) -> real(operator, a) / nonZero(operator, b);
            case "//" ->
                (a, b) -> {
                    nonZero(operator, b);
                    return numbers(operator, a, b, Math::floorDiv, (x, y) -> Math.floor(x / y));
                };
            case "%" ->
                (a, b) -> {
                    nonZero(operator, b);
                    return numbers(operator, a, b, Math::floorMod, (x, y) -> x - y * Math.floor(x / y));
                };
            default -> throw new JinjaException("the operator " + operator + " is not supported");
        };
    }

    private interface Whole {
        long apply(long a, long b);
    }

    private interface Real {
        double apply(double a, double b);
    }

    private static Object plus(Object a, Object b) {
        if (a instanceof String first && b instanceof String second) {
            return first + second;
        }
        if (a instanceof List<?> first && b instanceof List<?> second) {
            List<Object> all = new ArrayList<>(first);
            all.addAll(second);
            return all;
        }
        return numbers("+", a, b, Math::addExact, Double::sum);
    }

    private static Object times(Object a, Object b) {
        if (a instanceof String text && b instanceof Long count) {
            return repeated(text, count);
        }
        if (a instanceof Long count && b instanceof String text) {
            return repeated(text, count);
        }
        return numbers("*", a, b, Math::multiplyExact, (x, y) -> x * y);
    }

    private static String repeated(String text, long count) {
        if (count * text.length() > 1_000_000) {
            throw new JinjaException("a repeated string is too long");
        }
        return text.repeat((int) Math.max(0, count));
    }

    private static Object numbers(String operator, Object a, Object b, Whole whole, Real real) {
        Object first = Values.number(a);
        Object second = Values.number(b);
        if (first == null || second == null) {
            throw unsupported(operator, a, b);
        }
        try {
            return first instanceof Long x && second instanceof Long y
                    ? (Object) whole.apply(x, y)
                    : (Object) real.apply(((Number) first).doubleValue(), ((Number) second).doubleValue());
        } catch (ArithmeticException e) {
            throw new JinjaException("a whole number is too large");
        }
    }

    private static double real(String operator, Object value) {
        Object number = Values.number(value);
        if (number == null) {
            throw unsupported(operator, value, value);
        }
        return ((Number) number).doubleValue();
    }

    private static double nonZero(String operator, Object value) {
        double number = real(operator, value);
        if (number == 0) {
            throw new JinjaException("something is divided by zero");
        }
        return number;
    }

    private static JinjaException unsupported(String operator, Object a, Object b) {
        for (Object value : new Object[] {a, b}) {
            if (value instanceof Undefined undefined) {
                return undefined.failure();
            }
        }
        return new JinjaException(
                "the operator " + operator + " is not for " + Values.typeName(a) + " and " + Values.typeName(b));
    }
}
