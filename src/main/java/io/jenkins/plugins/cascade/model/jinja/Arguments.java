package io.jenkins.plugins.cascade.model.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a call or a filter is given, evaluated anew each time.
 *
 * @param positional in their order
 * @param named by name, in their order
 */
record Arguments(List<Expression> positional, Map<String, Expression> named) {
    static final Arguments NONE = new Arguments(List.of(), Map.of());

    List<Object> positional(Scope scope) {
        List<Object> values = new ArrayList<>();
        positional.forEach(expression -> values.add(expression.evaluate(scope)));
        return values;
    }

    Map<String, Object> named(Scope scope) {
        Map<String, Object> values = new LinkedHashMap<>();
        named.forEach((name, expression) -> values.put(name, expression.evaluate(scope)));
        return values;
    }
}
