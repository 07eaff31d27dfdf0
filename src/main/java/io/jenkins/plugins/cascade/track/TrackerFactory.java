package io.jenkins.plugins.cascade.track;

import java.io.IOException;
import java.nio.file.Path;

/** Chooses between a journal alone and a journal with a server behind it. */
final class TrackerFactory {
    private TrackerFactory() {}

    static Tracker open(Path journal, TrackingEnvironment environment) throws IOException {
        return over(Journal::open, journal, environment);
    }

    static Tracker reopen(Path journal, TrackingEnvironment environment) throws IOException {
        return over(Journal::reopen, journal, environment);
    }

    private static Tracker over(Journal.Opening opening, Path journal, TrackingEnvironment environment)
            throws IOException {
        Warnings warnings = new Warnings();
        if (environment.trackingUri().isEmpty()) {
            return opening.open(journal, warnings);
        }
        try {
            TrackingServer server = MlflowRest.of(environment, HttpLimits.brief());
            return MlflowTracker.over(opening.open(journal, warnings), server, warnings);
        } catch (IllegalArgumentException unusable) {
            warnings.add(unusable.getMessage() + " Everything is kept in " + journal + " instead.");
            return opening.open(journal, warnings);
        }
    }
}
