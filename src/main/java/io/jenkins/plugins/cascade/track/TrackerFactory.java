package io.jenkins.plugins.cascade.track;

import java.io.IOException;
import java.nio.file.Path;

/** Chooses between a journal alone and a journal with a server behind it. */
final class TrackerFactory {
    private TrackerFactory() {}

    static Tracker open(Path journal, TrackingEnvironment environment) throws IOException {
        if (environment.trackingUri().isEmpty()) {
            return Journal.open(journal);
        }
        try {
            TrackingServer server =
                    MlflowRest.at(environment.trackingUri().get(), environment.credentials(), HttpLimits.brief());
            return MlflowTracker.open(journal, server);
        } catch (IllegalArgumentException unusable) {
            Warnings warnings = new Warnings();
            warnings.add(unusable.getMessage() + " Everything is kept in " + journal + " instead.");
            return Journal.open(journal, warnings);
        }
    }
}
