package io.jenkins.plugins.cascade.local.step;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Acts once after a time, which may be put off. */
final class Deadline implements AutoCloseable {
    private final ScheduledExecutorService timers;
    private final Duration limit;
    private final Runnable action;
    private final ScheduledFuture<?> check;
    private long expiresNanos;
    private boolean over;

    Deadline(ScheduledExecutorService timers, Duration limit, Runnable action) {
        this.timers = timers;
        this.limit = limit;
        this.action = action;
        this.expiresNanos = System.nanoTime() + limit.toNanos();
        this.check = schedule(limit.toNanos());
    }

    /** Starts the time anew. */
    synchronized void postpone() {
        expiresNanos = System.nanoTime() + limit.toNanos();
    }

    private ScheduledFuture<?> schedule(long nanos) {
        return timers.schedule(this::expire, Math.max(nanos, 0), TimeUnit.NANOSECONDS);
    }

    private void expire() {
        synchronized (this) {
            long left = expiresNanos - System.nanoTime();
            if (over) {
                return;
            }
            if (left > 0) {
                schedule(left);
                return;
            }
            over = true;
        }
        action.run();
    }

    @Override
    public void close() {
        synchronized (this) {
            over = true;
        }
        check.cancel(false);
    }
}
