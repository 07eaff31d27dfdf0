package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.StageFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Starts trainers on this machine: this Java with this class path, in a session of their own where {@code setsid} is there, so that a
 * Ctrl-C on the terminal reaches the follower only, which then asks for a checkpoint. The class path travels in the environment, which
 * keeps the process's arguments short.
 */
public final class LocalTrainerLauncher implements TrainerLauncher {
    /** The trainer's main class. */
    public static final String MAIN = "io.jenkins.plugins.cascade.trainer.Main";

    private static final List<String> JVM = List.of("-Xmx1g", "-XX:+UseSerialGC");

    private final String mainClass;
    private final UnaryOperator<Map<String, String>> verifierVersions;

    /**
     * For the trainer on this class path.
     *
     * @param verifierVersions version of every verifier on it, by type, in the environment that it is given
     */
    public LocalTrainerLauncher(UnaryOperator<Map<String, String>> verifierVersions) {
        this(MAIN, verifierVersions);
    }

    LocalTrainerLauncher(String mainClass, UnaryOperator<Map<String, String>> verifierVersions) {
        this.mainClass = mainClass;
        this.verifierVersions = verifierVersions;
    }

    @Override
    public TrainerProcess launch(Path stageDirectory, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>();
        setsid().ifPresent(command::add);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.add(mainClass);
        command.add(stageDirectory.toString());
        File log = stageDirectory.resolve(StageFiles.LOG).toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(stageDirectory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("CLASSPATH", absoluteClassPath());
        // Without this the tensor library reports its use to its makers.
        builder.environment().put("OPT_OUT_TRACKING", "true");
        // Threads that spin while they wait make training ten times slower as soon as something else needs a processor.
        builder.environment().putIfAbsent("OMP_WAIT_POLICY", "PASSIVE");
        Process process = builder.start();
        process.getOutputStream().close();
        return new LocalTrainerProcess(process);
    }

    @Override
    public Map<String, String> verifierVersions(Map<String, String> environment) {
        return verifierVersions.apply(environment);
    }

    private static String absoluteClassPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .reduce((first, second) -> first + File.pathSeparator + second)
                .orElse("");
    }

    private static Optional<String> setsid() {
        return Stream.of("/usr/bin/setsid", "/bin/setsid")
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst();
    }
}
