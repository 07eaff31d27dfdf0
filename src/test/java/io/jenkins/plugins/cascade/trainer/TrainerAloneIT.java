package io.jenkins.plugins.cascade.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.recipe.StageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code target/cascade-trainer.jar} alone, started as on an agent. */
class TrainerAloneIT {
    private static final Path JAR = Path.of(System.getProperty("cascade.target", "target"), "cascade-trainer.jar");

    @TempDir
    Path root;

    @Test
    void trainsAlone() throws Exception {
        TinyStage tiny = new TinyStage(root);
        Path directory = tiny.directory("stage", tiny.sft(2, 2));
        assertEquals(0, run(directory, Map.of()), () -> log(directory));
        assertTrue(Files.exists(directory.resolve(StageFiles.RESULT)));
    }

    @Test
    void saysHowToProvideLibtorchWhereThereIsNone() throws Exception {
        TinyStage tiny = new TinyStage(root);
        Path directory = tiny.directory("stage", tiny.sft(2, 2));
        Path home = Files.createDirectory(root.resolve("home"));
        assertEquals(64, run(directory, Map.of("JAVA_TOOL_OPTIONS", "-Duser.home=" + home)));
        String log = log(directory);
        assertTrue(log.contains("libtorch 2.7.1 was not found"), log);
        assertTrue(log.contains("mvn dependency:get"), log);
        assertTrue(Files.readString(directory.resolve(StageFiles.STATUS)).contains("mvn dependency:get"));
    }

    private static int run(Path directory, Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx400m",
                        "-cp",
                        JAR.toString(),
                        Main.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(StageFiles.LOG).toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "The trainer does not end.");
        return process.exitValue();
    }

    private static String log(Path directory) {
        try {
            return Files.readString(directory.resolve(StageFiles.LOG));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
