package io.jenkins.plugins.cascade.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link LocalMlflowServer}, started once for all classes on an empty folder, and the installation it
 * comes from: the environment named by the system property {@code cascade.mlflow.venv}, or one that is made under
 * {@code ~/.cache/cascade} at the first run.
 */
class RealMlflow implements ParameterResolver {
    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(RealMlflow.class);

    static MlflowInstallation installation() throws IOException, InterruptedException {
        String given = System.getProperty("cascade.mlflow.venv");
        return given == null
                ? MlflowInstallation.in(Path.of(System.getProperty("user.home"), ".cache", "cascade"))
                : MlflowInstallation.existing(Path.of(given));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalMlflowServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(SPACE)
                .getOrComputeIfAbsent(Shared.class, any -> Shared.start(), Shared.class)
                .server;
    }

    /** The server and its folder, ended with the test run. */
    private record Shared(LocalMlflowServer server, Path folder) implements AutoCloseable {
        static Shared start() {
            try {
                Path folder = Files.createTempDirectory("mlflow");
                return new Shared(LocalMlflowServer.start(installation(), folder), folder);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws IOException, InterruptedException {
            server.stop();
            List<Path> files;
            try (Stream<Path> walk = Files.walk(folder)) {
                files = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }
}
