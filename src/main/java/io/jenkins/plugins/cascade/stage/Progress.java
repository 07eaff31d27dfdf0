package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.StageEvent;
import java.util.Locale;
import java.util.Optional;

/**
 * Shows how far a stage is. On a terminal one line that moves; elsewhere a plain line now and then and at both ends of a phase. Time left
 * is the pace since the phase, or the attempt at it, was first seen here times the steps that remain. However much a trainer reports, no
 * more than two hundred lines beside the regular ones are printed.
 */
final class Progress {
    private static final long LOCAL_EVERY_NANOS = 10_000_000_000L;
    private static final long REMOTE_EVERY_NANOS = 30_000_000_000L;
    private static final long MOVING_EVERY_NANOS = 100_000_000L;
    private static final int MOST_MESSAGES = 200;
    private static final int BAR = 24;
    private static final double THOUSAND = 1000;
    private static final long MINUTE = 60;
    private static final long HOUR = 3600;
    private static final double PERCENT = 100;

    private final StageHost host;
    private final String stage;
    private final long every;
    private String phase = "";
    private StageEvent first;
    private StageEvent latest;
    private StageEvent shown;
    private long shownAt;
    private boolean behind;
    private int messages;

    private Progress(StageHost host, String stage, long plainEveryNanos) {
        this.host = host;
        this.stage = stage;
        this.every = host.interactive() ? MOVING_EVERY_NANOS : plainEveryNanos;
    }

    /** Of a stage on this machine: a plain line about every ten seconds. */
    static Progress local(StageHost host, String stage) {
        return new Progress(host, stage, LOCAL_EVERY_NANOS);
    }

    /** Of a stage on another machine: a plain line about every thirty seconds. */
    static Progress remote(StageHost host, String stage) {
        return new Progress(host, stage, REMOTE_EVERY_NANOS);
    }

    /**
     * Takes an event of the trainer.
     *
     * @param history whether it was there before anybody followed from here: a step of long ago is no progress
     */
    void event(StageEvent event, boolean history) {
        switch (event.kind()) {
            case STEP -> step(event, history);
            case SCORE -> {
                end();
                message(score(event));
            }
            case WARNING -> message("warning: " + event.message());
            case START -> begin(event);
            case CHECKPOINT, SYSTEM -> {
                // These are in the events and need no line of their own.
            }
        }
    }

    private void message(String text) {
        if (++messages <= MOST_MESSAGES) {
            host.line("[" + stage + "] " + text);
        } else if (messages == MOST_MESSAGES + 1) {
            host.line("[" + stage + "] it reports too much; the rest is only in its events");
        }
    }

    /** An attempt begins, maybe in the middle of a phase: from here on its pace counts. */
    private void begin(StageEvent event) {
        phase = event.phase();
        first = event;
        shown = null;
    }

    /** Shows the last step that was seen and clears the moving line. */
    void end() {
        if (latest != null && !latest.equals(shown) && !host.interactive()) {
            show(true);
        }
        if (host.interactive()) {
            host.progress("");
        }
    }

    private void step(StageEvent event, boolean history) {
        if (!event.phase().equals(phase)) {
            if (latest != null && !behind) {
                end();
            }
            begin(event);
        }
        latest = event;
        behind = history;
        if (history) {
            first = event;
            return;
        }
        boolean atAnEnd = shown == null || event.step() >= event.totalSteps();
        if (atAnEnd || System.nanoTime() - shownAt >= every) {
            show(atAnEnd);
        }
    }

    private void show(boolean atAnEnd) {
        shown = latest;
        shownAt = System.nanoTime();
        String text = text(first, latest, host.interactive());
        if (host.interactive()) {
            host.progress("[" + stage + "] " + text);
        } else if (atAnEnd) {
            message(text);
        } else {
            host.line("[" + stage + "] " + text);
        }
    }

    /** The line of a step: phase, bar, steps, loss or reward, tokens a second, time left. */
    static String text(StageEvent first, StageEvent now, boolean bar) {
        StringBuilder text = new StringBuilder(now.phase()).append(' ');
        if (bar) {
            text.append(bar(now)).append(' ');
        }
        text.append(now.step()).append('/').append(now.totalSteps());
        metric(now, "train/loss").ifPresent(loss -> text.append(String.format(Locale.ROOT, "  loss %.4f", loss)));
        metric(now, "reward/mean").ifPresent(mean -> text.append(String.format(Locale.ROOT, "  reward %.3f", mean)));
        metric(now, "train/accuracy")
                .ifPresent(accuracy -> text.append(String.format(Locale.ROOT, "  accuracy %.3f", accuracy)));
        metric(now, "speed/tokens_per_second")
                .ifPresent(speed -> text.append("  ").append(count(speed)).append(" tokens/s"));
        left(first, now)
                .ifPresent(seconds -> text.append("  ").append(clock(seconds)).append(" left"));
        return text.toString();
    }

    private static Optional<Double> metric(StageEvent event, String name) {
        return Optional.ofNullable(event.metrics().get(name));
    }

    private static String bar(StageEvent event) {
        int done = event.totalSteps() == 0 ? 0 : (int) Math.min(BAR, (long) BAR * event.step() / event.totalSteps());
        return "[" + "#".repeat(done) + "-".repeat(BAR - done) + "]";
    }

    private static Optional<Long> left(StageEvent first, StageEvent now) {
        int steps = now.step() - first.step();
        if (steps <= 0 || now.step() > now.totalSteps()) {
            return Optional.empty();
        }
        double seconds = (now.timeMillis() - first.timeMillis()) / THOUSAND;
        return Optional.of(Math.round(seconds / steps * (now.totalSteps() - now.step())));
    }

    private static String count(double value) {
        return value < THOUSAND
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.1fk", value / THOUSAND);
    }

    /** Seconds as {@code 1:02:03} or {@code 2:03}. */
    static String clock(long seconds) {
        long shown = Math.max(0, seconds);
        return shown >= HOUR
                ? String.format("%d:%02d:%02d", shown / HOUR, shown % HOUR / MINUTE, shown % MINUTE)
                : String.format("%d:%02d", shown / MINUTE, shown % MINUTE);
    }

    /** The line of a benchmark: mean score, then what explains it. */
    static String score(StageEvent event) {
        String benchmark = UntrustedFile.printable(event.message());
        String mean = "eval/" + event.message();
        StringBuilder text = new StringBuilder(benchmark).append(": ");
        text.append(metric(event, mean)
                .map(value -> String.format(Locale.ROOT, "%.1f %%", PERCENT * value))
                .orElse("no item could be judged"));
        metric(event, mean + "/length")
                .ifPresent(length -> text.append(String.format(Locale.ROOT, ", %.1f tokens an answer", length)));
        metric(event, mean + "/truncated")
                .filter(share -> share > 0)
                .ifPresent(share -> text.append(String.format(Locale.ROOT, ", %.1f %% cut off", PERCENT * share)));
        metric(event, mean + "/errors")
                .filter(items -> items > 0)
                .ifPresent(items -> text.append(String.format(Locale.ROOT, ", %.0f items not judged", items)));
        return text.toString();
    }
}
