package io.jenkins.plugins.cascade.local.cps;

import groovy.lang.Closure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call of a step, as the Groovy code made it.
 *
 * @param name the step
 * @param positional arguments without a name
 * @param named arguments with a name
 * @param body the trailing block
 */
public record StepCall(String name, List<Object> positional, Map<String, Object> named, Optional<Closure<?>> body) {

    /** Sorts the arguments of a Groovy call: a leading map holds the named ones, a trailing closure is the body. */
    static StepCall of(String name, Object arguments) {
        List<Object> given = new ArrayList<>(
                arguments instanceof Object[] array
                        ? java.util.Arrays.asList(array)
                        : Collections.singletonList(arguments));
        Optional<Closure<?>> body = Optional.empty();
        if (!given.isEmpty() && given.get(given.size() - 1) instanceof Closure<?> closure) {
            body = Optional.of(closure);
            given.remove(given.size() - 1);
        }
        Map<String, Object> named = new LinkedHashMap<>();
        if (!given.isEmpty() && given.get(0) instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((key, value) -> named.put(String.valueOf(key), value));
            given.remove(0);
        }
        return new StepCall(name, Collections.unmodifiableList(given), Collections.unmodifiableMap(named), body);
    }
}
