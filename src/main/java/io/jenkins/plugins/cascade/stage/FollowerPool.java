package io.jenkins.plugins.cascade.stage;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Follows many stages with a few threads. Each is looked at again after 250 ms as long as something new comes, and ever more rarely, at
 * last every 15 s, while nothing does. A stage is looked at by one thread at a time.
 */
public final class FollowerPool implements AutoCloseable {
    /** Threads of a pool that is given no number. */
    public static final int DEFAULT_THREADS = 8;

    /** Pause after something new, in milliseconds. */
    public static final long SHORTEST_PAUSE = 250;

    /** Longest pause, in milliseconds. */
    public static final long LONGEST_PAUSE = 15_000;

    private static final double BACK_OFF = 1.2;

    private final ScheduledThreadPoolExecutor executor;

    /** What follows a round. */
    public enum Next {
        /** Something new came: look again soon. */
        SOON,
        /** Nothing new: look again later than the last time. */
        LATER,
        /** There is nothing more to look at. */
        NEVER
    }

    /** One stage that is followed. */
    public interface Follower {
        /** Looks once. Everything that can go wrong is dealt with in here; it is called by one thread at a time. */
        Next round();

        /** Hears of a mistake in {@link #round}, which is not called again. */
        void broken(RuntimeException mistake);
    }

    /** A stage on its way through the pool. */
    public interface Following {
        /** Looks at once instead of after the pause; while a round is going on, right after it. */
        void wake();

        /** Looks never again; a round that is going on comes to its end. */
        void cancel();
    }

    /** A pool of the usual size. */
    public FollowerPool() {
        this(DEFAULT_THREADS);
    }

    /**
     * A pool.
     *
     * @param threads how many rounds may go on at the same time, at least 1; threads without work end after a minute
     */
    public FollowerPool(int threads) {
        executor = new ScheduledThreadPoolExecutor(threads, new NamedThreads());
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setKeepAliveTime(1, TimeUnit.MINUTES);
        executor.allowCoreThreadTimeOut(true);
    }

    /**
     * Begins to follow; the first round comes at once.
     *
     * @throws java.util.concurrent.RejectedExecutionException after {@link #close}
     */
    public Following follow(Follower follower) {
        Rounds rounds = new Rounds(executor, follower);
        rounds.wake();
        return rounds;
    }

    /** Threads at this moment. */
    public int threads() {
        return executor.getPoolSize();
    }

    /** Looks at nothing any more; rounds that are going on are interrupted. */
    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** The pause after one of that length, in milliseconds. */
    static long longer(long pause) {
        return Math.min(LONGEST_PAUSE, (long) (pause * BACK_OFF));
    }

    private static final class NamedThreads implements ThreadFactory {
        private final AtomicInteger made = new AtomicInteger();

        @Override
        public Thread newThread(Runnable work) {
            Thread thread = new Thread(work, "cascade-follower-" + made.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        }
    }
}
