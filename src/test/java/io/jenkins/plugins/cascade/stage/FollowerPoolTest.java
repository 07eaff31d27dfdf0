package io.jenkins.plugins.cascade.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FollowerPoolTest {
    private final FollowerPool pool = new FollowerPool(3);
    private final CompletableFuture<RuntimeException> broken = new CompletableFuture<>();

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void pausesEverLongerUpToFifteenSeconds() {
        List<Long> pauses = new ArrayList<>(List.of(FollowerPool.SHORTEST_PAUSE));
        while (pauses.get(pauses.size() - 1) < FollowerPool.LONGEST_PAUSE) {
            pauses.add(FollowerPool.longer(pauses.get(pauses.size() - 1)));
        }
        assertEquals(List.of(250L, 300L, 360L, 432L, 518L), pauses.subList(0, 5));
        assertEquals(15_000L, pauses.get(pauses.size() - 1));
        assertEquals(15_000L, FollowerPool.longer(15_000));
    }

    @Test
    void followsManyWithFewThreadsAndEachWithOneAtATime() throws Exception {
        int many = 200;
        AtomicInteger done = new AtomicInteger();
        AtomicBoolean twoAtATime = new AtomicBoolean();
        AtomicInteger mostThreads = new AtomicInteger();
        List<FollowerPool.Following> all = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            AtomicBoolean looking = new AtomicBoolean();
            AtomicInteger rounds = new AtomicInteger();
            all.add(pool.follow(follower(() -> {
                twoAtATime.compareAndSet(false, looking.getAndSet(true));
                mostThreads.accumulateAndGet(pool.threads(), Math::max);
                looking.set(false);
                if (rounds.incrementAndGet() < 4) {
                    return FollowerPool.Next.SOON;
                }
                done.incrementAndGet();
                return FollowerPool.Next.NEVER;
            })));
        }
        while (done.get() < many) {
            all.forEach(FollowerPool.Following::wake);
            TimeUnit.MILLISECONDS.sleep(1);
        }
        assertFalse(twoAtATime.get());
        assertTrue(mostThreads.get() <= 3, mostThreads + " threads");
    }

    @Test
    void looksAtOnceWhenItIsWoken() throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        CompletableFuture<Void> third = new CompletableFuture<>();
        FollowerPool.Following following = pool.follow(follower(() -> {
            if (rounds.incrementAndGet() == 3) {
                third.complete(null);
            }
            return FollowerPool.Next.LATER;
        }));
        long began = System.nanoTime();
        while (!third.isDone()) {
            following.wake();
            TimeUnit.MILLISECONDS.sleep(1);
        }
        assertTrue(System.nanoTime() - began < TimeUnit.SECONDS.toNanos(30));
    }

    @Test
    void looksNeverAgainOnceItIsCancelled() throws Exception {
        CompletableFuture<Void> began = new CompletableFuture<>();
        CompletableFuture<Void> mayEnd = new CompletableFuture<>();
        AtomicInteger rounds = new AtomicInteger();
        FollowerPool.Following following = pool.follow(follower(() -> {
            rounds.incrementAndGet();
            began.complete(null);
            mayEnd.join();
            return FollowerPool.Next.SOON;
        }));
        began.get();
        following.cancel();
        following.wake();
        mayEnd.complete(null);
        CompletableFuture<Void> other = new CompletableFuture<>();
        AtomicInteger later = new AtomicInteger();
        pool.follow(follower(() -> {
            if (later.incrementAndGet() < 3) {
                return FollowerPool.Next.SOON;
            }
            other.complete(null);
            return FollowerPool.Next.NEVER;
        }));
        other.get();
        assertEquals(1, rounds.get());
    }

    @Test
    void tellsOfAMistakeAndLooksNeverAgain() throws Exception {
        RuntimeException mistake = new IllegalStateException("a mistake");
        AtomicInteger rounds = new AtomicInteger();
        pool.follow(follower(() -> {
            rounds.incrementAndGet();
            throw mistake;
        }));
        assertSame(mistake, broken.get());
        assertEquals(1, rounds.get());
    }

    private FollowerPool.Follower follower(Supplier<FollowerPool.Next> round) {
        return new FollowerPool.Follower() {
            @Override
            public FollowerPool.Next round() {
                return round.get();
            }

            @Override
            public void broken(RuntimeException mistake) {
                broken.complete(mistake);
            }
        };
    }
}
