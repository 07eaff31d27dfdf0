package io.jenkins.plugins.cascade.model.jinja;

import java.util.List;
import java.util.Map;

/** A function, a macro or a method bound to its value. */
@FunctionalInterface
interface Callable {
    /** Calls it with positional and named arguments. */
    Object call(List<Object> arguments, Map<String, Object> named);
}
