package io.jenkins.plugins.cascade.local;

import io.jenkins.plugins.cascade.local.build.Result;
import io.jenkins.plugins.cascade.track.JournalSync;
import io.jenkins.plugins.cascade.track.MlflowRest;
import io.jenkins.plugins.cascade.track.TrackingEnvironment;
import io.jenkins.plugins.cascade.track.TrackingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cascade mlflow sync}. */
@Command(
        name = "sync",
        mixinStandardHelpOptions = true,
        description = {
            "Replays journals to an MLflow server, with the times at which things happened. Doing it again changes nothing.",
            "Credentials are read as MLflow reads them: MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or"
                    + " MLFLOW_TRACKING_TOKEN. MLFLOW_TRACKING_SERVER_CERT_PATH names the file of a certificate authority of"
                    + " your own."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the server has everything",
            "1:the server has everything but what the warnings name",
            "2:a journal cannot be read or the server does not answer",
            "64:the command line is wrong"
        })
final class SyncCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "JOURNAL.jsonl",
            description = "The journals (default: builds/*/journal.jsonl of the workspace).")
    private List<Path> journals = new ArrayList<>();

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            description = "Where runs keep their builds (default: ${DEFAULT-VALUE}).")
    private Path workspace = Path.of("work");

    @Option(
            names = "--uri",
            paramLabel = "URL",
            defaultValue = "${env:MLFLOW_TRACKING_URI}",
            description = "The server (default: MLFLOW_TRACKING_URI of the environment).")
    private String uri;

    @Override
    public Integer call() throws IOException {
        if (uri == null || uri.isBlank()) {
            throw new ParameterException(
                    spec.commandLine(), "There is no server to replay to: set MLFLOW_TRACKING_URI, or give --uri");
        }
        List<Path> chosen = journals.isEmpty() ? ofWorkspace() : journals;
        if (chosen.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "There is no journal in " + workspace + ": name one, or give --workspace");
        }
        MlflowRest server = server();
        boolean warned = false;
        for (Path journal : chosen) {
            warned |=
                    !show(journal, JournalSync.sync(journal, server)).warnings().isEmpty();
        }
        return warned ? Result.UNSTABLE.exitCode() : Result.SUCCESS.exitCode();
    }

    private MlflowRest server() {
        try {
            TrackingEnvironment environment = TrackingEnvironment.from(System.getenv());
            return MlflowRest.in(environment.withTrackingUri(uri)).orElseThrow();
        } catch (TrackingException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private JournalSync.Report show(Path journal, JournalSync.Report report) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(journal + ": " + report.runs() + " runs");
        report.warnings().forEach(warning -> out.println("warning: " + warning));
        report.charts().forEach(chart -> out.println("MLflow: " + chart));
        out.flush();
        return report;
    }

    private List<Path> ofWorkspace() throws IOException {
        Path builds = workspace.resolve("builds");
        if (!Files.isDirectory(builds)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(builds)) {
            return folders.map(folder -> folder.resolve("journal.jsonl"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }
}
