package io.jenkins.plugins.cascade.local.training;

import io.jenkins.plugins.cascade.track.LocalMlflowServer;
import io.jenkins.plugins.cascade.track.MlflowInstallation;
import io.jenkins.plugins.cascade.track.TrackingEnvironment;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where the runs of a build go.
 *
 * @param workspace its folder {@code mlflow} keeps the data of the local server
 * @param start true if a local server is to be started where the environment names none
 */
record LocalMlflow(Path workspace, boolean start) {

    /** What the environment says, and the local server where one is asked for; a server that does not start is a warning. */
    TrackingEnvironment environment(Map<String, String> variables, PrintStream console) throws InterruptedException {
        TrackingEnvironment environment = TrackingEnvironment.from(variables);
        if (!start || environment.trackingUri().isPresent()) {
            return environment;
        }
        try {
            console.println("Starting MLflow on 127.0.0.1; the first time it is installed, about 850 MB");
            LocalMlflowServer server =
                    LocalMlflowServer.start(MlflowInstallation.in(cache(variables)), workspace.resolve("mlflow"));
            console.println("MLflow: " + server.uri());
            return environment.withTrackingUri(server.uri());
        } catch (IOException e) {
            console.println("warning: there is no MLflow server, everything is kept in the journal: " + e.getMessage());
            return environment;
        }
    }

    /** Where programs keep what they can make again (XDG Base Directory Specification). */
    private static Path cache(Map<String, String> variables) {
        String set = variables.getOrDefault("XDG_CACHE_HOME", "");
        Path caches = set.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(set);
        return caches.resolve("cascade");
    }
}
