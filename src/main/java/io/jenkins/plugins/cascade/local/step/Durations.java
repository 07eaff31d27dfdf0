package io.jenkins.plugins.cascade.local.step;

import java.time.Duration;

/** Writes durations for people, as Jenkins does: the two largest units. */
public final class Durations {
    private Durations() {}

    /** For example {@code 1 hr 5 min}, {@code 2 min 0 sec}, {@code 3.2 sec}, {@code 40 ms}. */
    public static String text(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + " day " + duration.toHoursPart() + " hr";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " hr " + duration.toMinutesPart() + " min";
        }
        if (duration.toMinutes() > 0) {
            return duration.toMinutes() + " min " + duration.toSecondsPart() + " sec";
        }
        if (duration.toSeconds() > 0) {
            int tenths = duration.toMillisPart() / 100;
            return duration.toSeconds() + (tenths > 0 ? "." + tenths : "") + " sec";
        }
        return duration.toMillis() + " ms";
    }
}
