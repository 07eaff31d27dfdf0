package io.jenkins.plugins.cascade.track;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A journal with an MLflow server behind it. The caller waits for the journal only; a thread of its own delivers what is
 * new in it every second. The journal is the queue: the disk bounds it, and memory holds the quarter of a megabyte that
 * is being sent.
 */
public final class MlflowTracker implements Tracker {
    private final Journal journal;
    private final TrackingServer server;
    private final JournalDelivery delivery;
    private final Warnings warnings;
    private final DeliveryThread thread;
    private final Patience patience;

    /**
     * How long a caller may wait.
     *
     * @param start for the server to know a run that starts
     * @param close for the server to take the rest when the tracker is closed
     */
    record Patience(Duration start, Duration close) {
        static Patience usual() {
            return new Patience(Duration.ofSeconds(5), Duration.ofSeconds(10));
        }
    }

    private MlflowTracker(
            Journal journal,
            TrackingServer server,
            JournalDelivery delivery,
            String later,
            Warnings warnings,
            Patience patience) {
        this.journal = journal;
        this.server = server;
        this.delivery = delivery;
        this.warnings = warnings;
        this.patience = patience;
        this.thread = new DeliveryThread(delivery, journal.path(), later, warnings);
    }

    /**
     * Opens the journal and starts to deliver what is in it.
     *
     * @throws IOException if the journal cannot be written, or another process is writing it
     */
    public static MlflowTracker open(Path path, TrackingServer server) throws IOException {
        return open(path, server, Patience.usual());
    }

    static MlflowTracker open(Path path, TrackingServer server, Patience patience) throws IOException {
        Warnings warnings = new Warnings();
        return over(Journal.open(path, warnings), server, TrackerFactory.atTheDesk(path), warnings, patience);
    }

    /**
     * Delivers an open journal, which is closed with the tracker, or at once where that fails.
     *
     * @param later what a person does to send what the server does not take in time
     */
    static MlflowTracker over(Journal journal, TrackingServer server, String later, Warnings warnings)
            throws IOException {
        return over(journal, server, later, warnings, Patience.usual());
    }

    private static MlflowTracker over(
            Journal journal, TrackingServer server, String later, Warnings warnings, Patience patience)
            throws IOException {
        try {
            JournalDelivery delivery = new JournalDelivery(journal.path(), server, warnings);
            MlflowTracker tracker = new MlflowTracker(journal, server, delivery, later, warnings, patience);
            tracker.thread.start();
            return tracker;
        } catch (IOException e) {
            journal.close();
            throw e;
        }
    }

    @Override
    public String startRun(RunStart start) {
        String run = journal.startRun(start);
        thread.deliverNow(patience.start());
        return run;
    }

    @Override
    public void metrics(String runId, long step, long timestampMillis, Map<String, Double> values) {
        journal.metrics(runId, step, timestampMillis, values);
    }

    @Override
    public void params(String runId, Map<String, String> values) {
        journal.params(runId, values);
    }

    @Override
    public void tags(String runId, Map<String, String> values) {
        journal.tags(runId, values);
    }

    @Override
    public void inputs(String runId, List<Dataset> datasets) {
        journal.inputs(runId, datasets);
    }

    @Override
    public void artifact(String runId, Path file, String path) {
        journal.artifact(runId, file, path);
    }

    @Override
    public Optional<TrackingServer> server() {
        return Optional.of(server);
    }

    @Override
    public void endRun(String runId, RunStatus status) {
        journal.endRun(runId, status);
        thread.deliverNow(Duration.ZERO);
    }

    @Override
    public Optional<String> mlflowRunId(String runId) {
        return delivery.remote(runId).map(Delivered.RemoteRun::runId);
    }

    @Override
    public Optional<String> url(String runId) {
        return delivery.remote(runId).map(run -> server.runPage(run.experimentId(), run.runId()));
    }

    @Override
    public Optional<String> comparisonUrl(String runId) {
        return delivery.remote(runId).map(run -> server.chartPage(run.experimentId()));
    }

    @Override
    public List<String> warnings() {
        return warnings.all();
    }

    @Override
    public void close() {
        thread.finish(patience.close());
        journal.close();
    }
}
