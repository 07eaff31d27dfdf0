package io.jenkins.plugins.cascade.model.jinja;

/** Something with a value. */
@FunctionalInterface
interface Expression {
    /** A {@link String}, {@link Long}, {@link Double}, {@link Boolean}, null, list, map, {@link Callable} or {@link Undefined}. */
    Object evaluate(Scope scope);
}
