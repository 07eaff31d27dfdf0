package io.jenkins.plugins.cascade.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Replays a journal to a server, with the times at which things happened: {@code ./cascade mlflow sync}. */
public final class JournalSync {
    private JournalSync() {}

    /**
     * What a replay did.
     *
     * @param runs runs of the journal that the server knows now
     * @param charts addresses of the charts of their experiments, for people
     * @param warnings what could not be sent and why, each in one sentence
     */
    public record Report(int runs, List<String> charts, List<String> warnings) {
        /** Keeps copies of the lists. */
        public Report {
            charts = List.copyOf(charts);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Sends everything in the journal that the server does not have. Doing it again changes nothing, also when the
     * memory of what was delivered ({@code journal.jsonl.delivered}) was lost in between. Runs that their process left
     * open are ended as {@link RunStatus#FAILED}, at the time of their last entry.
     *
     * @throws TrackingException if the server is away or refuses the credentials; what was sent until then stays sent
     * @throws IOException if there is no such journal, it cannot be read, or a running cascade is writing it
     */
    public static Report sync(Path journal, TrackingServer server) throws IOException {
        if (!Files.isRegularFile(journal)) {
            throw new NoSuchFileException(journal.toString(), null, "there is no such journal");
        }
        Warnings warnings = new Warnings();
        try (Journal opened = Journal.open(journal, warnings)) {
            JournalDelivery delivery = new JournalDelivery(opened.path(), server, warnings);
            while (delivery.deliverSome()) {
                if (Thread.currentThread().isInterrupted()) {
                    throw TrackingException.noAnswer("The replay of " + journal + " was interrupted", null);
                }
            }
            return report(delivery, server, warnings);
        }
    }

    private static Report report(JournalDelivery delivery, TrackingServer server, Warnings warnings) {
        List<String> charts = delivery.remotes().stream()
                .map(Delivered.RemoteRun::experimentId)
                .distinct()
                .sorted()
                .map(server::chartPage)
                .toList();
        return new Report(delivery.remotes().size(), charts, warnings.all());
    }
}
