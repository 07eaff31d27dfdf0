package io.jenkins.plugins.cascade.track;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Python virtual environment with MLflow in it, made where it is missing. pip and its settings (index, proxy,
 * certificates) are those of the user.
 */
public final class MlflowInstallation {
    /** The version of MLflow that is installed, and that this package is tested against. */
    public static final String VERSION = "3.17.2";

    private static final String BEGUN = ".cascade-begun";
    private static final String COMPLETE = ".cascade-complete";
    private static final Duration VENV_TIME = Duration.ofMinutes(5);
    private static final Duration PIP_TIME = Duration.ofMinutes(20);

    private final Path environment;

    private MlflowInstallation(Path environment) {
        this.environment = environment;
    }

    /**
     * An environment that somebody else made, used as it is.
     *
     * @throws IOException if there is no {@code bin/mlflow} in it
     */
    public static MlflowInstallation existing(Path environment) throws IOException {
        MlflowInstallation installation = new MlflowInstallation(environment.toAbsolutePath());
        if (!Files.isExecutable(installation.program("mlflow"))) {
            throw new IOException("There is no MLflow in " + environment + ": " + installation.program("mlflow")
                    + " is missing. Install it with " + installation.program("python") + " -m pip install mlflow.");
        }
        return installation;
    }

    /**
     * The environment {@code mlflow-<version>} under a cache folder; made if it is not there (about 850 MB, a minute or
     * two), and made anew if making it was interrupted. Processes that ask at the same time wait for the first.
     *
     * @throws IOException if Python or pip fails; the message says which and why in one sentence
     */
    public static MlflowInstallation in(Path cache) throws IOException, InterruptedException {
        return in(cache, "python3");
    }

    static synchronized MlflowInstallation in(Path cache, String python) throws IOException, InterruptedException {
        Files.createDirectories(cache);
        Path environment = cache.toAbsolutePath().resolve("mlflow-" + VERSION);
        Path lockFile = cache.resolve("mlflow-" + VERSION + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            if (!Files.exists(environment.resolve(COMPLETE))) {
                make(environment, python);
            }
        }
        return existing(environment);
    }

    private static void make(Path environment, String python) throws IOException, InterruptedException {
        removeHalfMade(environment);
        Files.createDirectories(environment);
        Files.createFile(environment.resolve(BEGUN));
        Path log = environment.resolve("install.log");
        MlflowInstallation made = new MlflowInstallation(environment);
        SetupCommand.run(
                "Python could not make a virtual environment for MLflow (python3 with its venv module is needed)",
                List.of(python, "-m", "venv", environment.toString()),
                log,
                VENV_TIME);
        SetupCommand.run(
                "pip could not install MLflow " + VERSION,
                List.of(
                        made.program("python").toString(),
                        "-m",
                        "pip",
                        "install",
                        "--disable-pip-version-check",
                        "--no-input",
                        "mlflow==" + VERSION),
                log,
                PIP_TIME);
        Files.createFile(environment.resolve(COMPLETE));
    }

    private static void removeHalfMade(Path environment) throws IOException {
        if (Files.notExists(environment)) {
            return;
        }
        if (Files.notExists(environment.resolve(BEGUN))) {
            throw new IOException(
                    environment + " is in the way: it was not made by this program; remove or rename it.");
        }
        try (Stream<Path> files = Files.walk(environment)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** A program of the environment, such as {@code python}. */
    Path program(String name) {
        return environment.resolve("bin").resolve(name);
    }
}
