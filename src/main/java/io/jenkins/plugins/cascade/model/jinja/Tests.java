package io.jenkins.plugins.cascade.model.jinja;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What can stand after {@code is}. */
final class Tests {
    /** A test of a value. */
    @FunctionalInterface
    interface Test {
        boolean holds(Object value, List<Object> arguments);
    }

    private static final Map<String, Test> ALL = new HashMap<>();

    static {
        ALL.put("defined", (v, a) -> !(v instanceof Undefined));
        ALL.put("undefined", (v, a) -> v instanceof Undefined);
        ALL.put("none", (v, a) -> v == null);
        ALL.put("string", (v, a) -> v instanceof String);
        ALL.put("mapping", (v, a) -> v instanceof Map);
        ALL.put("iterable", (v, a) -> isIterable(v));
        ALL.put("sequence", (v, a) -> isIterable(v));
        ALL.put("boolean", (v, a) -> v instanceof Boolean);
        ALL.put("true", (v, a) -> Boolean.TRUE.equals(v));
        ALL.put("false", (v, a) -> Boolean.FALSE.equals(v));
        ALL.put("integer", (v, a) -> v instanceof Long);
        ALL.put("float", (v, a) -> v instanceof Double);
        ALL.put("number", (v, a) -> Values.number(v) != null);
        ALL.put("callable", (v, a) -> v instanceof Callable);
        ALL.put("odd", (v, a) -> Values.equal(Arithmetic.of("%").apply(v, 2L), 1L));
        ALL.put("even", (v, a) -> Values.equal(Arithmetic.of("%").apply(v, 2L), 0L));
        ALL.put("divisibleby", (v, a) -> Values.equal(Arithmetic.of("%").apply(v, a.get(0)), 0L));
        for (String same : List.of("eq", "equalto", "==")) {
            ALL.put(same, (v, a) -> Values.equal(v, a.get(0)));
        }
        ALL.put("ne", (v, a) -> !Values.equal(v, a.get(0)));
        ALL.put("in", (v, a) -> Values.compare("in", v, a.get(0)));
        ALL.put("lt", (v, a) -> Values.compare("<", v, a.get(0)));
        ALL.put("lessthan", (v, a) -> Values.compare("<", v, a.get(0)));
        ALL.put("gt", (v, a) -> Values.compare(">", v, a.get(0)));
        ALL.put("greaterthan", (v, a) -> Values.compare(">", v, a.get(0)));
        ALL.put("le", (v, a) -> Values.compare("<=", v, a.get(0)));
        ALL.put("ge", (v, a) -> Values.compare(">=", v, a.get(0)));
    }

    private Tests() {}

    /** The test of a name; null if it is not known. */
    static Test named(String name) {
        Test test = ALL.get(name);
        return test == null
                ? null
                : (value, arguments) -> {
                    try {
                        return test.holds(value, arguments);
                    } catch (IndexOutOfBoundsException e) {
                        throw new JinjaException("the test '" + name + "' lacks an argument");
                    }
                };
    }

    /** In Python a string, a mapping and what is undefined have items too. */
    private static boolean isIterable(Object value) {
        return value instanceof String || value instanceof List || value instanceof Map || value instanceof Undefined;
    }
}
