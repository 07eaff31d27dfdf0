package io.jenkins.plugins.cascade.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A real MLflow server on an empty folder, started once for all test classes; it can be killed and comes back. */
public final class SharedMlflow implements AutoCloseable {
    private final Path folder;
    private LocalMlflowServer server;

    private SharedMlflow(Path folder, LocalMlflowServer server) {
        this.folder = folder;
        this.server = server;
    }

    static SharedMlflow start() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("mlflow");
        return new SharedMlflow(folder, LocalMlflowServer.start(installation(), folder));
    }

    /**
     * The environment named by the system property {@code cascade.mlflow.venv}, or one that is made under
     * {@code ~/.cache/cascade} at the first run.
     */
    static MlflowInstallation installation() throws IOException, InterruptedException {
        String given = System.getProperty("cascade.mlflow.venv");
        return given == null
                ? MlflowInstallation.in(Path.of(System.getProperty("user.home"), ".cache", "cascade"))
                : MlflowInstallation.existing(Path.of(given));
    }

    /** The server. */
    public LocalMlflowServer server() {
        return server;
    }

    Path folder() {
        return folder;
    }

    /** As {@code kill -9} does, all its processes. */
    void kill() {
        List<ProcessHandle> processes = server.processes();
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }

    void startAgain() throws IOException, InterruptedException {
        server = LocalMlflowServer.start(installation(), folder);
    }

    MlflowRest rest() {
        return MlflowRest.at(server.uri(), MlflowCredentials.none());
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
