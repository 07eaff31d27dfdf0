package io.jenkins.plugins.cascade.local.binding;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A nested object that is written but not made yet, such as {@code gate(benchmark: 'math', margin: 5)}.
 *
 * @param name the symbol
 * @param positional arguments without a name
 * @param named arguments with a name
 */
public record Symbol(String name, List<Object> positional, Map<String, Object> named) {
    public Symbol {
        positional = Collections.unmodifiableList(new java.util.ArrayList<>(positional));
        named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
    }

    @Override
    public String toString() {
        return name + "(...)";
    }
}
