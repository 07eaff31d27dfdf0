package io.jenkins.plugins.cascade.track;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** How long an answer is waited for. */
interface Waiting {
    /**
     * Waits.
     *
     * @throws TimeoutException when it took too long; the message says what was too long
     */
    <T> T get(CompletableFuture<T> answer) throws TimeoutException, InterruptedException, ExecutionException;

    /** From the request to the last byte of its answer. */
    static Waiting atMost(Duration time) {
        return new Waiting() {
            @Override
            public <T> T get(CompletableFuture<T> answer)
                    throws TimeoutException, InterruptedException, ExecutionException {
                try {
                    return answer.get(time.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    throw new TimeoutException("no answer within " + time.toSeconds() + " s");
                }
            }
        };
    }

    /**
     * As long as something moves.
     *
     * @param stall how long nothing may move
     * @param moved grows by what moves
     */
    static Waiting whileMoving(Duration stall, AtomicLong moved) {
        return new Waiting() {
            @Override
            public <T> T get(CompletableFuture<T> answer)
                    throws TimeoutException, InterruptedException, ExecutionException {
                while (true) {
                    long before = moved.get();
                    try {
                        return answer.get(stall.toMillis(), TimeUnit.MILLISECONDS);
                    } catch (TimeoutException e) {
                        if (moved.get() == before) {
                            throw new TimeoutException("nothing moved for " + stall.toSeconds() + " s");
                        }
                    }
                }
            }
        };
    }
}
