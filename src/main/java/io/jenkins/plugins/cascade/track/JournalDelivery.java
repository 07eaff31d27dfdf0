package io.jenkins.plugins.cascade.track;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mlflow.api.proto.Service;

/**
 * Sends a journal to a server, in order and, in effect, once: an offset is remembered only after everything before it
 * was taken, a run is looked for by its tag before it is made, and what is sent again after a failure changes nothing.
 * Used by one thread; {@link #remote} may be asked from any.
 */
final class JournalDelivery {
    private final Path journal;
    private final JournalReader reader;
    private final TrackingServer server;
    private final Warnings warnings;
    private final Map<String, RunLogs> pending = new LinkedHashMap<>();
    private volatile Delivered delivered;

    JournalDelivery(Path journal, TrackingServer server, Warnings warnings) throws IOException {
        this.journal = journal;
        this.reader = new JournalReader(journal);
        this.server = server;
        this.warnings = warnings;
        this.delivered = Delivered.load(journal, server.address());
    }

    /** The run on the server, once it is there. */
    Optional<Delivered.RemoteRun> remote(String run) {
        return delivered.run(run);
    }

    /** All runs that the server knows. */
    Collection<Delivered.RemoteRun> remotes() {
        return delivered.runs().values();
    }

    /**
     * Delivers the next part of the journal.
     *
     * @return false when everything that is in it has been delivered
     * @throws TrackingException if the server does not take it now; the same part is sent at the next call
     * @throws IOException if the journal cannot be read
     */
    boolean deliverSome() throws IOException {
        JournalReader.Lines lines = reader.read(delivered.offset());
        if (lines.end() == delivered.offset()) {
            return false;
        }
        pending.clear();
        for (JournalEntry entry : lines.entries()) {
            deliver(entry);
        }
        flush();
        lines.unreadable().forEach(warnings::add);
        delivered = delivered.upTo(lines.end());
        delivered.save(journal);
        return true;
    }

    private void deliver(JournalEntry entry) throws TrackingException {
        if (entry instanceof JournalEntry.Start start) {
            flush();
            start(start);
        } else if (entry instanceof JournalEntry.End end) {
            flush();
            end(end);
        } else if (entry instanceof JournalEntry.Inputs inputs) {
            flush();
            inputs(inputs);
        } else if (entry instanceof JournalEntry.Artifact artifact) {
            flush();
            artifact(artifact);
        } else if (entry instanceof JournalEntry.Metrics metrics) {
            logs(metrics.run()).metrics(metrics);
        } else if (entry instanceof JournalEntry.Params params) {
            logs(params.run()).params(params.values());
        } else if (entry instanceof JournalEntry.Tags tags) {
            logs(tags.run()).tags(tags.values());
        }
    }

    private RunLogs logs(String run) {
        return pending.computeIfAbsent(run, any -> new RunLogs());
    }

    private void start(JournalEntry.Start start) throws TrackingException {
        Optional<Delivered.RemoteRun> known = delivered.run(start.run());
        Delivered.RemoteRun remote = known.isPresent() ? known.get() : findOrCreate(start);
        delivered = delivered.with(start.run(), remote);
        if (remote.gone()) {
            warnOfDeleted(remote);
        }
        if (start.resumed() && !remote.gone()) {
            update(start.run(), remote, Service.UpdateRun.newBuilder().setStatus(Service.RunStatus.RUNNING));
        }
        logs(start.run()).params(start.params());
        logs(start.run()).tags(start.tags());
    }

    private Delivered.RemoteRun findOrCreate(JournalEntry.Start start) throws TrackingException {
        String experiment = server.experimentId(start.experiment());
        Optional<Service.Run> there = server.findRun(experiment, RunTags.RUN, start.run());
        if (there.isEmpty() && start.resumed()) {
            there = server.run(start.run());
        }
        Service.RunInfo run = there.isPresent()
                ? there.get().getInfo()
                : server.createRun(creation(start, experiment)).getInfo();
        return new Delivered.RemoteRun(
                run.getExperimentId(), run.getRunId(), "deleted".equals(run.getLifecycleStage()));
    }

    private Service.CreateRun creation(JournalEntry.Start start, String experiment) throws TrackingException {
        Service.CreateRun.Builder run = Service.CreateRun.newBuilder()
                .setExperimentId(experiment)
                .setRunName(MlflowLimits.runName(start.name()))
                .setStartTime(start.time())
                .addTags(tag(RunTags.RUN, start.run()));
        if (start.parent() != null) {
            run.addTags(tag(RunTags.PARENT, remoteParent(start.parent(), experiment)));
        }
        return run.build();
    }

    private String remoteParent(String parent, String experiment) throws TrackingException {
        Optional<Delivered.RemoteRun> known = delivered.run(parent);
        if (known.isPresent()) {
            return known.get().runId();
        }
        return server.findRun(experiment, RunTags.RUN, parent)
                .map(run -> run.getInfo().getRunId())
                .orElse(parent);
    }

    private static Service.RunTag tag(String key, String value) {
        return Service.RunTag.newBuilder().setKey(key).setValue(value).build();
    }

    private void end(JournalEntry.End end) throws TrackingException {
        Optional<Delivered.RemoteRun> remote = reachable(end.run());
        if (remote.isPresent()) {
            Service.UpdateRun.Builder change = Service.UpdateRun.newBuilder()
                    .setStatus(Service.RunStatus.valueOf(end.status().name()))
                    .setEndTime(end.time());
            update(end.run(), remote.get(), change);
        }
    }

    private void inputs(JournalEntry.Inputs inputs) throws TrackingException {
        Optional<Delivered.RemoteRun> remote = reachable(inputs.run());
        if (remote.isEmpty()) {
            return;
        }
        try {
            server.logInputs(RunInputs.of(remote.get().runId(), inputs.datasets()));
        } catch (TrackingException e) {
            if (!e.isRejection()) {
                throw e;
            }
            if (!forgetIfDeleted(inputs.run(), remote.get())) {
                warnings.add(
                        e.getMessage() + "; the data sets of run " + inputs.run() + " are only in " + journal + ".");
            }
        }
    }

    /** Sends a file. One that the server will not have holds nothing up: metrics must not wait for it for ever. */
    private void artifact(JournalEntry.Artifact artifact) throws TrackingException {
        Optional<Delivered.RemoteRun> remote = reachable(artifact.run());
        if (remote.isEmpty()) {
            return;
        }
        Path file = journal.toAbsolutePath().resolveSibling(artifact.file());
        try {
            server.artifacts().uploadFile(remote.get().runId(), file, artifact.path());
        } catch (TrackingException e) {
            if (e.isAbsence()) {
                throw e;
            }
            warnings.add(e.getMessage() + "; " + file + " is not among the artifacts of run " + artifact.run() + ".");
        } catch (IOException e) {
            warnings.add(file + " cannot be read (" + e.getMessage() + "), so it is not among the artifacts of run "
                    + artifact.run() + ".");
        }
    }

    private void update(String run, Delivered.RemoteRun remote, Service.UpdateRun.Builder change)
            throws TrackingException {
        try {
            server.updateRun(change.setRunId(remote.runId()).build());
        } catch (TrackingException e) {
            if (!e.isRejection()) {
                throw e;
            }
            if (!forgetIfDeleted(run, remote)) {
                warnings.add(e.getMessage() + "; the status of run " + run + " is only in " + journal + ".");
            }
        }
    }

    private void flush() throws TrackingException {
        for (Map.Entry<String, RunLogs> logs : pending.entrySet()) {
            Optional<Delivered.RemoteRun> remote = reachable(logs.getKey());
            if (remote.isPresent()) {
                for (Service.LogBatch batch :
                        logs.getValue().batches(remote.get().runId())) {
                    send(logs.getKey(), remote.get(), batch);
                }
            }
        }
        pending.clear();
    }

    private Optional<Delivered.RemoteRun> reachable(String run) {
        Optional<Delivered.RemoteRun> remote = delivered.run(run);
        if (remote.isEmpty()) {
            warnings.add("Run " + run + " was never started in " + journal + ", so what it logged is not in MLflow.");
        }
        return remote.filter(known -> !known.gone());
    }

    /** Sends a batch; when the server rejects it, sends its halves, so that only what is really wrong is left out. */
    private void send(String run, Delivered.RemoteRun remote, Service.LogBatch batch) throws TrackingException {
        if (delivered.run(run).filter(Delivered.RemoteRun::gone).isPresent()) {
            return;
        }
        try {
            server.logBatch(batch);
        } catch (TrackingException e) {
            if (!e.isRejection()) {
                throw e;
            }
            if (forgetIfDeleted(run, remote)) {
                return;
            }
            if (BatchHalves.isSingle(batch)) {
                warnings.add(e.getMessage() + "; it stays in " + journal + " only.");
                return;
            }
            for (Service.LogBatch half : BatchHalves.of(batch)) {
                send(run, remote, half);
            }
        }
    }

    private boolean forgetIfDeleted(String run, Delivered.RemoteRun remote) throws TrackingException {
        boolean active = server.run(remote.runId())
                .filter(there -> !"deleted".equals(there.getInfo().getLifecycleStage()))
                .isPresent();
        if (!active) {
            delivered = delivered.with(run, new Delivered.RemoteRun(remote.experimentId(), remote.runId(), true));
            warnOfDeleted(remote);
        }
        return !active;
    }

    private void warnOfDeleted(Delivered.RemoteRun remote) {
        warnings.add("Run " + remote.runId() + " was deleted in MLflow at " + server.address()
                + "; what it logs from now on stays in " + journal + " only.");
    }
}
