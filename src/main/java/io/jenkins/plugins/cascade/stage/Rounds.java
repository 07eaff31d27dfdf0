package io.jenkins.plugins.cascade.stage;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The rounds of one follower in a {@link FollowerPool}: never two at a time, and a pause between two of them. */
final class Rounds implements FollowerPool.Following {
    private final ScheduledExecutorService executor;
    private final FollowerPool.Follower follower;
    private ScheduledFuture<?> planned;
    private long pause = FollowerPool.SHORTEST_PAUSE;
    private boolean looking;
    private boolean woken;
    private boolean over;

    Rounds(ScheduledExecutorService executor, FollowerPool.Follower follower) {
        this.executor = executor;
        this.follower = follower;
    }

    @Override
    public synchronized void wake() {
        if (looking) {
            woken = true;
        } else if (!over && (planned == null || planned.cancel(false))) {
            plan(0);
        }
    }

    @Override
    public synchronized void cancel() {
        over = true;
        if (planned != null) {
            planned.cancel(false);
        }
    }

    private void plan(long millis) {
        planned = executor.schedule(this::look, millis, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (!begin()) {
            return;
        }
        FollowerPool.Next next = FollowerPool.Next.NEVER;
        try {
            next = follower.round();
        } catch (RuntimeException mistake) {
            follower.broken(mistake);
        } finally {
            end(next);
        }
    }

    private synchronized boolean begin() {
        looking = !over;
        return looking;
    }

    private synchronized void end(FollowerPool.Next next) {
        looking = false;
        if (over || next == FollowerPool.Next.NEVER) {
            over = true;
            return;
        }
        pause = next == FollowerPool.Next.SOON ? FollowerPool.SHORTEST_PAUSE : FollowerPool.longer(pause);
        try {
            plan(woken ? 0 : pause);
        } catch (RejectedExecutionException closed) {
            // The pool was closed while this round went on, which is how all following ends.
            over = true;
        }
        woken = false;
    }
}
