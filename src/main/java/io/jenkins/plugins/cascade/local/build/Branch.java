package io.jenkins.plugins.cascade.local.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A line of execution: the pipeline itself, or one parallel stage, each on a thread of its own. It remembers which interruptions it has
 * seen, because each interrupts it once: what runs is stopped, and the post conditions after it run undisturbed.
 */
public final class Branch {
    private final Set<CancelSignal> seen = ConcurrentHashMap.newKeySet();

    /** A branch of this one; it has seen what this one has. */
    public Branch fork() {
        Branch branch = new Branch();
        branch.seen.addAll(seen);
        return branch;
    }

    /** After the branches have ended: what interrupted one of them does not interrupt this one again. */
    public void join(Branch ended) {
        seen.addAll(ended.seen);
    }

    /** Throws if there is an interruption that this branch has not seen. */
    public void check(CancelSignal signal) throws InterruptedRunException {
        Optional<CancelSignal> requested = unseen(signal).stream()
                .filter(candidate -> candidate.future().isDone())
                .findFirst();
        if (requested.isPresent()) {
            seen.add(requested.get());
            throw new InterruptedRunException(requested.get().future().join());
        }
    }

    /** Completes when there is an interruption that this branch has not seen; {@link #check} then throws it. */
    public CompletableFuture<Object> next(CancelSignal signal) {
        return CompletableFuture.anyOf(
                unseen(signal).stream().map(CancelSignal::future).toArray(CompletableFuture[]::new));
    }

    private List<CancelSignal> unseen(CancelSignal signal) {
        List<CancelSignal> found = new ArrayList<>();
        for (Optional<CancelSignal> at = Optional.of(signal);
                at.isPresent();
                at = at.get().outer()) {
            if (!seen.contains(at.get())) {
                found.add(at.get());
            }
        }
        return found;
    }
}
