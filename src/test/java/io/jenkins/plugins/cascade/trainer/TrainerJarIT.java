package io.jenkins.plugins.cascade.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.recipe.StageFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code target/cascade-trainer.jar} alone, as an agent gets it. */
class TrainerJarIT {
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

    @Test
    void holdsNeitherLibtorchNorTheLocalRunnerNorTheJenkinsSide() throws IOException {
        Set<String> unwanted = new TreeSet<>();
        for (String entry : entries()) {
            if (entry.matches(".*/lib(torch|c10|gomp)[^/]*\\.so.*|.*\\.(dll|dylib)"
                    + "|(hudson|jenkins|groovy|picocli|org/(jenkinsci|kohsuke|codehaus/groovy)|com/cloudbees)/.*"
                    + "|io/jenkins/plugins/cascade/(steps|pages|local)/.*|.*/cascade-trainer\\..*")) {
                unwanted.add(entry);
            }
        }
        assertEquals(Set.of(), unwanted);
    }

    @Test
    void holdsNativeCodeForBothProcessors() throws IOException {
        Set<String> entries = new HashSet<>(entries());
        for (String platform : List.of("linux-x86_64", "linux-aarch64")) {
            assertTrue(entries.contains("jnilib/" + platform + "/cpu/libdjl_torch.so"), platform);
            assertTrue(entries.contains("native/lib/" + platform + "/cpu/libtokenizers.so"), platform);
        }
        assertTrue(entries.contains("jnilib/linux-x86_64/cu128/libdjl_torch.so"));
    }

    @Test
    void servicesOfSeveralLibrariesAreMerged() throws IOException {
        Set<String> providers =
                text("META-INF/services/ai.djl.engine.EngineProvider").lines().collect(Collectors.toSet());
        assertTrue(
                providers.containsAll(
                        Set.of("ai.djl.pytorch.engine.PtEngineProvider", "ai.djl.engine.rust.RsEngineProvider")),
                providers.toString());
    }

    @Test
    void everyEntryIsThereOnce() throws IOException {
        List<String> entries = entries();
        assertEquals(entries.size(), new HashSet<>(entries).size());
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

    private static List<String> entries() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(entry -> entry.getName())
                    .toList();
        }
    }

    private static String text(String entry) throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile());
                InputStream in = jar.getInputStream(jar.getEntry(entry))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
