package io.jenkins.plugins.cascade.track;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The tracker that needs no server: appends to {@code journal.jsonl}. Starts and ends of runs are forced to the disk;
 * metrics reach the operating system at once and the disk with the next start, end or {@link #close}.
 */
public final class Journal implements Tracker {
    private final JournalFile file;
    private final Warnings warnings;
    private boolean closed;

    private Journal(JournalFile file, Warnings warnings) {
        this.file = file;
        this.warnings = warnings;
    }

    /**
     * Opens or creates a journal and ends the runs that a dead process left open in it as {@link RunStatus#FAILED}, at
     * the time of their last entry.
     *
     * @throws IOException if it cannot be written, or another process is writing it
     */
    public static Journal open(Path path) throws IOException {
        return open(path, new Warnings());
    }

    /** One of the ways to open a journal. */
    interface Opening {
        Journal open(Path path, Warnings warnings) throws IOException;
    }

    /** Opens or creates a journal and leaves the runs open that a dead process left open in it. */
    static Journal reopen(Path path, Warnings warnings) throws IOException {
        return new Journal(JournalFile.open(path), warnings);
    }

    static Journal open(Path path, Warnings warnings) throws IOException {
        JournalFile file = JournalFile.open(path);
        try {
            for (Map.Entry<String, Long> run : OpenRuns.in(path).lastTimes().entrySet()) {
                file.append(new JournalEntry.End(run.getKey(), run.getValue(), RunStatus.FAILED));
            }
            return new Journal(file, warnings);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public String startRun(RunStart start) {
        String resumed = start.resumeRunId();
        String run = resumed == null ? UUID.randomUUID().toString().replace("-", "") : resumed;
        write(
                new JournalEntry.Start(
                        run,
                        System.currentTimeMillis(),
                        start.experiment(),
                        start.runName(),
                        start.parentRunId(),
                        resumed != null,
                        start.tags(),
                        start.params()),
                true);
        return run;
    }

    @Override
    public void metrics(String runId, long step, long timestampMillis, Map<String, Double> values) {
        if (!values.isEmpty()) {
            write(new JournalEntry.Metrics(runId, timestampMillis, step, values), false);
        }
    }

    @Override
    public void params(String runId, Map<String, String> values) {
        if (!values.isEmpty()) {
            write(new JournalEntry.Params(runId, System.currentTimeMillis(), values), false);
        }
    }

    @Override
    public void tags(String runId, Map<String, String> values) {
        if (!values.isEmpty()) {
            write(new JournalEntry.Tags(runId, System.currentTimeMillis(), values), false);
        }
    }

    @Override
    public void inputs(String runId, List<Dataset> datasets) {
        if (!datasets.isEmpty()) {
            write(new JournalEntry.Inputs(runId, System.currentTimeMillis(), datasets), false);
        }
    }

    @Override
    public void artifact(String runId, Path artifact, String path) {
        Path folder = file.path().toAbsolutePath().normalize().getParent();
        Path absolute = artifact.toAbsolutePath().normalize();
        if (!absolute.startsWith(folder)) {
            throw new IllegalArgumentException(artifact + " does not lie in " + folder);
        }
        String name = folder.relativize(absolute).toString().replace('\\', '/');
        write(new JournalEntry.Artifact(runId, System.currentTimeMillis(), name, path), false);
    }

    @Override
    public Optional<TrackingServer> server() {
        return Optional.empty();
    }

    @Override
    public void endRun(String runId, RunStatus status) {
        write(new JournalEntry.End(runId, System.currentTimeMillis(), status), true);
    }

    private synchronized void write(JournalEntry entry, boolean durable) {
        if (closed) {
            throw new IllegalStateException("The journal " + file.path() + " is closed; nothing can be logged to it.");
        }
        try {
            file.append(entry);
            if (durable) {
                file.sync();
            }
        } catch (IOException e) {
            warnings.set(
                    "journal",
                    "The journal " + file.path() + " could not be written (" + e.getMessage()
                            + "), so metrics are missing from it; free some space on its disk.");
        }
    }

    /** The file. */
    public Path path() {
        return file.path();
    }

    @Override
    public Optional<String> mlflowRunId(String runId) {
        return Optional.empty();
    }

    @Override
    public Optional<String> url(String runId) {
        return Optional.empty();
    }

    @Override
    public Optional<String> comparisonUrl(String runId) {
        return Optional.empty();
    }

    @Override
    public List<String> warnings() {
        return warnings.all();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (file) {
            file.sync();
        } catch (IOException e) {
            warnings.set(
                    "journal", "The journal " + file.path() + " may lack its last lines (" + e.getMessage() + ").");
        }
    }
}
