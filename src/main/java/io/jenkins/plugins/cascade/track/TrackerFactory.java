package io.jenkins.plugins.cascade.track;

import java.io.IOException;
import java.nio.file.Path;

/** Chooses between a journal alone and a journal with a server behind it. */
final class TrackerFactory {
    private TrackerFactory() {}

    static Tracker open(Path journal, TrackingEnvironment environment) throws IOException {
        return over(Journal::open, journal, atTheDesk(journal), environment);
    }

    static Tracker reopen(Path journal, TrackingEnvironment environment) throws IOException {
        return over(Journal::reopen, journal, onAController(journal), environment);
    }

    /** What a person does, who has the launcher and the journal before them. */
    static String atTheDesk(Path journal) {
        return "run ./cascade mlflow sync " + journal;
    }

    /** What a person does, whose journal is in the folder of a build, on a machine that has no launcher. */
    private static String onAController(Path journal) {
        return "copy " + journal.getFileName() + " from the controller to where Cascade is checked out and run"
                + " ./cascade mlflow sync with the copy";
    }

    private static Tracker over(Journal.Opening opening, Path journal, String later, TrackingEnvironment environment)
            throws IOException {
        Warnings warnings = new Warnings();
        if (environment.trackingUri().isEmpty()) {
            return opening.open(journal, warnings);
        }
        try {
            TrackingServer server = MlflowRest.of(environment, HttpLimits.brief());
            return MlflowTracker.over(opening.open(journal, warnings), server, later, warnings);
        } catch (IllegalArgumentException unusable) {
            warnings.add(unusable.getMessage() + " Everything is kept in " + journal + " instead.");
            return opening.open(journal, warnings);
        }
    }
}
