package io.jenkins.plugins.cascade.local.build;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks everything in its scope to stop: the whole build, what a timeout wraps, a parallel branch. A request is made once. */
public final class CancelSignal {
    private final CancelSignal outer;
    private final CompletableFuture<Interruption> request = new CompletableFuture<>();

    private CancelSignal(CancelSignal outer) {
        this.outer = outer;
    }

    /** The signal of a whole build. */
    public static CancelSignal root() {
        return new CancelSignal(null);
    }

    /** A signal for a part; a request to this one also reaches the part. */
    public CancelSignal inner() {
        return new CancelSignal(this);
    }

    /** Asks to stop; a second request changes nothing. */
    public void request(Interruption interruption) {
        request.complete(interruption);
    }

    /** True if this very request was made to this signal. */
    public boolean isSourceOf(Interruption interruption) {
        return request.isDone() && request.join() == interruption;
    }

    Optional<CancelSignal> outer() {
        return Optional.ofNullable(outer);
    }

    CompletableFuture<Interruption> future() {
        return request;
    }
}
