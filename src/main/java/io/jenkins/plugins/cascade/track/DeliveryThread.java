package io.jenkins.plugins.cascade.track;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Delivers a journal while it grows: every second, or at once when asked. When the server fails, again after about 1, 2,
 * 4 ... 30 seconds, or as long as it asked for in {@code Retry-After} up to five minutes.
 */
final class DeliveryThread {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(5);
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(2);
    private static final String AWAY = "away";

    private final JournalDelivery delivery;
    private final Path journal;
    private final String later;
    private final Warnings warnings;
    private final Thread thread = new Thread(this::run, "mlflow-delivery");

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long asked;
    private long answered;
    private boolean away;
    private String failure = "MLflow did not take everything in time";
    private boolean finishing;
    private boolean complete;

    /**
     * A thread that is not started yet.
     *
     * @param later what a person does to send the journal later
     */
    DeliveryThread(JournalDelivery delivery, Path journal, String later, Warnings warnings) {
        this.delivery = delivery;
        this.journal = journal;
        this.later = later;
        this.warnings = warnings;
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((ended, defect) -> failed("Delivery to MLflow broke off (" + defect + ")"));
    }

    void start() {
        thread.start();
    }

    /** Asks for a delivery of everything logged so far and waits for it, unless the server is known to be away. */
    void deliverNow(Duration atMost) {
        lock.lock();
        try {
            long mine = ++asked;
            changed.signalAll();
            long left = atMost.toNanos();
            while (answered < mine && !away && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Delivers what is left, within a time, and ends the thread; an interrupted caller is interrupted afterwards. */
    void finish(Duration atMost) {
        lock.lock();
        try {
            if (finishing) {
                return;
            }
            finishing = true;
            asked++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (!ended(atMost)) {
            thread.interrupt();
            ended(AFTER_INTERRUPT);
        }
        warnOfTheRest();
    }

    private void warnOfTheRest() {
        lock.lock();
        try {
            if (!complete) {
                warnings.set(AWAY, failure + "; everything is kept in " + journal + ": " + later + " when it answers.");
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean ended(Duration atMost) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + atMost.toNanos();
        while (thread.isAlive() && deadline - System.nanoTime() > 0) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, deadline - System.nanoTime());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private void run() {
        int failures = 0;
        boolean goOn = true;
        while (goOn) {
            long asking = seen();
            try {
                while (delivery.deliverSome()) {
                    failures = 0;
                }
                failures = 0;
                delivered(asking);
                goOn = pause(INTERVAL, asking, true);
            } catch (TrackingException e) {
                failures++;
                failed(e.getMessage());
                Duration pause = longer(BACKOFF.pauseAfter(failures), e.retryAfter());
                goOn = pause(pause, asking, e.retryAfter().isZero());
            } catch (IOException e) {
                failures++;
                failed("The journal could not be read for MLflow (" + e.getMessage() + ")");
                goOn = pause(BACKOFF.pauseAfter(failures), asking, false);
            }
        }
    }

    private static Duration longer(Duration pause, Duration retryAfter) {
        Duration wanted = retryAfter.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : retryAfter;
        return pause.compareTo(wanted) > 0 ? pause : wanted;
    }

    private long seen() {
        lock.lock();
        try {
            return asked;
        } finally {
            lock.unlock();
        }
    }

    private void delivered(long asking) {
        warnings.remove(AWAY);
        lock.lock();
        try {
            answered = asking;
            away = false;
            complete = asking == asked;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void failed(String sentence) {
        lock.lock();
        try {
            if (!thread.isInterrupted()) {
                failure = sentence;
            }
            away = true;
            complete = false;
            warnings.set(
                    AWAY,
                    failure + "; everything is kept in " + journal + " and sent when it answers; if it has not when the"
                            + " build ends, " + later + ".");
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits, at most until somebody asks where that counts; false when the thread has done its last delivery. */
    private boolean pause(Duration time, long asking, boolean untilAsked) {
        lock.lock();
        try {
            long left = time.toNanos();
            while (left > 0 && !finishing && !(untilAsked && asked > asking)) {
                left = changed.awaitNanos(left);
            }
            return !finishing || asked > asking;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }
}
