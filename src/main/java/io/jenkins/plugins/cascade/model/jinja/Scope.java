package io.jenkins.plugins.cascade.model.jinja;

import java.util.HashMap;
import java.util.Map;

/** Variables by name; an inner scope sees the outer one's and hides what it sets itself. */
final class Scope {
    /** A template may come from anywhere: it cannot keep the trainer busy for long or fill its memory. */
    private static final int MOST_STEPS = 5_000_000;

    private static final int DEEPEST = 200;

    private final Scope outer;
    private final Map<String, Object> variables;
    private final Budget budget;
    private final int depth;

    private static final class Budget {
        private int steps;
        private int calls;
    }

    private Scope(Scope outer, Map<String, Object> variables, Budget budget) {
        this.outer = outer;
        this.variables = variables;
        this.budget = budget;
        this.depth = outer == null ? 0 : outer.depth + 1;
    }

    /** The outermost scope. */
    Scope(Map<String, Object> variables) {
        this(null, new HashMap<>(variables), new Budget());
    }

    Scope inner() {
        if (depth > DEEPEST) {
            throw new JinjaException("it is nested too deeply");
        }
        return new Scope(this, new HashMap<>(), budget);
    }

    /** A macro is called; {@link #left} once it has returned. */
    void entered() {
        if (++budget.calls > DEEPEST) {
            throw new JinjaException("it is nested too deeply");
        }
    }

    void left() {
        budget.calls--;
    }

    Object get(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            if (scope.variables.containsKey(name)) {
                return scope.variables.get(name);
            }
        }
        return new Undefined(name);
    }

    void set(String name, Object value) {
        variables.put(name, value);
    }

    /** Counts a step of the rendering. */
    void step() {
        if (++budget.steps > MOST_STEPS) {
            throw new JinjaException("it takes too many steps");
        }
    }
}
