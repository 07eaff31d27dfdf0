package io.jenkins.plugins.cascade.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is in {@code target/cascade-trainer.jar} and what is not. */
class TrainerJarIT {
    private static final Path JAR = PluginFile.TARGET.resolve("cascade-trainer.jar");

    @Test
    void everyClassThatItsClassesNameIsInItButTheMlflowClientsThatOnlyAControllerUses() throws IOException {
        try (URLClassLoader alone =
                new URLClassLoader(new URL[] {JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            Set<String> missing = new References(JAR).missingFrom(alone);
            missing.removeIf(name -> name.startsWith("org.mlflow"));
            assertEquals(Set.of(), missing);
        }
    }

    @Test
    void holdsNeitherLibtorchNorTheLocalRunnerNorTheJenkinsSide() throws IOException {
        Set<String> unwanted = new TreeSet<>();
        for (String entry : PluginFile.entries(JAR)) {
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
        Set<String> entries = new HashSet<>(PluginFile.entries(JAR));
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
        List<String> entries = PluginFile.entries(JAR);
        assertEquals(entries.size(), new HashSet<>(entries).size());
    }

    private static String text(String entry) throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile());
                InputStream in = jar.getInputStream(jar.getEntry(entry))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
