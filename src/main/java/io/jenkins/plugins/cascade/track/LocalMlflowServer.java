package io.jenkins.plugins.cascade.track;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An MLflow server on 127.0.0.1 that keeps everything in one folder: {@code mlflow.db} (sqlite), {@code artifacts/},
 * {@code server.log}. It runs in a session of its own, so that it outlives the process that started it and its Ctrl-C,
 * and is used again by the next one.
 */
public final class LocalMlflowServer {
    private static final Duration READY_TIME = Duration.ofSeconds(240);
    private static final Duration STOP_TIME = Duration.ofSeconds(10);
    private static final Duration HEALTH_TIME = Duration.ofSeconds(2);
    private static final HttpClient HEALTH = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(HEALTH_TIME)
            .build();
    private static final long POLL_MILLIS = 50;
    private static final String NEW_SESSION = "import os, sys; os.setsid(); os.execv(sys.argv[1], sys.argv[1:])";

    private final ServerProcess process;

    private LocalMlflowServer(ServerProcess process) {
        this.process = process;
    }

    /**
     * The server of a folder: the one that runs already, or a new one, ready to answer. It gets the port of the one
     * before it where that is free, so that links stay good.
     *
     * @throws IOException if it does not answer within four minutes, or ends before; the message has the reason
     *     from its log
     */
    public static synchronized LocalMlflowServer start(MlflowInstallation installation, Path folder)
            throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("artifacts"));
        try (FileChannel channel =
                FileChannel.open(folder.resolve("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            Optional<ServerProcess> before = ServerProcess.load(folder);
            if (before.isPresent() && before.get().isAlive()) {
                if (isHealthy(before.get().port())) {
                    return new LocalMlflowServer(before.get());
                }
                before.get().stop(STOP_TIME);
            }
            return new LocalMlflowServer(launched(installation, folder, port(before)));
        }
    }

    /** The server that runs for a folder, if one does. */
    public static Optional<LocalMlflowServer> running(Path folder) throws IOException {
        return ServerProcess.load(folder).filter(ServerProcess::isAlive).map(LocalMlflowServer::new);
    }

    private static int port(Optional<ServerProcess> before) throws IOException {
        if (before.isPresent()) {
            try (ServerSocket socket = new ServerSocket(before.get().port(), 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                return freePort();
            }
        }
        return freePort();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static ServerProcess launched(MlflowInstallation installation, Path folder, int port)
            throws IOException, InterruptedException {
        Path log = folder.resolve("server.log");
        long before = SetupCommand.size(log);
        ProcessBuilder builder = new ProcessBuilder(command(installation, folder.toAbsolutePath(), port))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("MLFLOW_"));
        environment.put("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
        environment.put("MLFLOW_DISABLE_TELEMETRY", "true");
        Process started = builder.start();
        started.getOutputStream().close();
        ServerProcess process = ServerProcess.of(started.toHandle(), port);
        process.save(folder);
        awaitHealth(process, log, before);
        return process;
    }

    private static List<String> command(MlflowInstallation installation, Path folder, int port) {
        return List.of(
                installation.program("python").toString(),
                "-c",
                NEW_SESSION,
                installation.program("mlflow").toString(),
                "server",
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--workers",
                "1",
                "--backend-store-uri",
                "sqlite:///" + folder.resolve("mlflow.db"),
                "--artifacts-destination",
                folder.resolve("artifacts").toString(),
                "--uvicorn-opts",
                "--log-level warning");
    }

    private static void awaitHealth(ServerProcess process, Path log, long before)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + READY_TIME.toNanos();
        try {
            while (!isHealthy(process.port())) {
                boolean late = System.nanoTime() - deadline > 0;
                if (late || !process.isAlive()) {
                    String what = late ? "did not answer within " + READY_TIME.toSeconds() + " s" : "ended at once";
                    throw new IOException("The local MLflow server " + what + ": " + SetupCommand.reason(log, before)
                            + " (all of it in " + log + ").");
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        } catch (IOException | InterruptedException e) {
            process.kill();
            throw e;
        }
    }

    private static boolean isHealthy(int port) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                .timeout(HEALTH_TIME)
                .build();
        try {
            return HEALTH.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Its tracking URI. */
    public String uri() {
        return "http://127.0.0.1:" + process.port();
    }

    /** Its processes, the parent last. */
    List<ProcessHandle> processes() {
        return process.tree();
    }

    /** Ends the server, first with a request, after ten seconds by force; nothing happens when it has ended. */
    public void stop() throws InterruptedException {
        process.stop(STOP_TIME);
    }
}
