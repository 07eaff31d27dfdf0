package io.jenkins.plugins.cascade.local.build;

import java.util.Optional;

/** A running stage: its name and the worst warning inside it, which its post conditions look at. */
public final class StageScope {
    private final String name;
    private final StageScope outer;
    private Result warning = Result.SUCCESS;

    /**
     * A stage.
     *
     * @param outer the stage around it, null for a top-level stage
     */
    public StageScope(String name, StageScope outer) {
        this.name = name;
        this.outer = outer;
    }

    /** The name of the stage. */
    public String name() {
        return name;
    }

    /** The stage around it. */
    public Optional<StageScope> outer() {
        return Optional.ofNullable(outer);
    }

    /** Marks this stage, and those around it, as at least that bad. */
    public synchronized void warn(Result result) {
        warning = warning.combine(result);
        if (outer != null) {
            outer.warn(result);
        }
    }

    /** The worst warning so far; SUCCESS without any. */
    public synchronized Result warning() {
        return warning;
    }
}
