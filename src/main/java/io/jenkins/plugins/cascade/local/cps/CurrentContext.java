package io.jenkins.plugins.cascade.local.cps;

import io.jenkins.plugins.cascade.local.build.StepContext;

/** The context in which the calling thread runs Groovy code. */
final class CurrentContext {
    private static final ThreadLocal<StepContext> CONTEXT = new ThreadLocal<>();

    private CurrentContext() {}

    static StepContext get() {
        StepContext context = CONTEXT.get();
        if (context == null) {
            throw new IllegalStateException("Pipeline code ran outside of a build");
        }
        return context;
    }

    static void set(StepContext context) {
        CONTEXT.set(context);
    }

    static void clear() {
        CONTEXT.remove();
    }
}
