package io.jenkins.plugins.cascade.local.step;

import io.jenkins.plugins.cascade.local.build.StepContext;
import java.util.concurrent.CompletableFuture;

/** Tells a running step that it is to stop. */
public final class StopRequest {
    private final CompletableFuture<Object> requested;

    private StopRequest(CompletableFuture<Object> requested) {
        this.requested = requested;
    }

    /** The request to the step that runs in a context. */
    public static StopRequest to(StepContext context) {
        return new StopRequest(context.branch().next(context.cancel()));
    }

    /** True once the step is to stop. */
    public boolean isMade() {
        return requested.isDone();
    }

    /** Calls back once, at once if the request is made already; the callback must be short. */
    public void whenMade(Runnable action) {
        requested.thenRun(action);
    }

    CompletableFuture<Object> future() {
        return requested;
    }
}
