package io.jenkins.plugins.cascade.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.java.sezpoz.Index;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would show on a controller only: the manifests, the indexes, the libraries and the trainer of the plugin file. */
class PluginFileIT {
    private static final String TRAINER = "io/jenkins/plugins/cascade/trainer/cascade-trainer";

    /** Packages of the plugins whose classes ours may use; the longest prefix of a class's name counts. */
    private static final Map<String, String> PLUGINS = Map.ofEntries(
            Map.entry("com.cloudbees.plugins.credentials.", "credentials"),
            Map.entry("com.fasterxml.jackson.", "jackson2-api"),
            Map.entry("org.jenkinsci.Symbol", "structs"),
            Map.entry("org.jenkinsci.plugins.credentialsbinding.", "credentials-binding"),
            Map.entry("org.jenkinsci.plugins.durabletask.", "durable-task"),
            Map.entry("org.jenkinsci.plugins.plaincredentials.", "plain-credentials"),
            Map.entry("org.jenkinsci.plugins.scriptsecurity.", "script-security"),
            Map.entry("org.jenkinsci.plugins.structs.", "structs"),
            Map.entry("org.jenkinsci.plugins.workflow.FilePathUtils", "workflow-api"),
            Map.entry("org.jenkinsci.plugins.workflow.actions.", "workflow-api"),
            Map.entry("org.jenkinsci.plugins.workflow.flow.", "workflow-api"),
            Map.entry("org.jenkinsci.plugins.workflow.graph.", "workflow-api"),
            Map.entry("org.jenkinsci.plugins.workflow.log.", "workflow-api"),
            Map.entry("org.jenkinsci.plugins.workflow.steps.", "workflow-step-api"),
            Map.entry("org.jenkinsci.plugins.workflow.support.", "workflow-support"),
            Map.entry("org.jenkinsci.plugins.workflow.support.steps.", "workflow-durable-task-step"));

    /** What is in none of those packages and in one of these is Jenkins itself or the Java platform. */
    private static final List<String> CORE = List.of(
            "com.google.common.",
            "hudson.",
            "org.springframework.security.",
            "io.jenkins.plugins.cascade.",
            "jakarta.servlet.",
            "java.",
            "javax.net.ssl.",
            "jenkins.",
            "net.sf.json.",
            "org.jvnet.localizer.",
            "org.kohsuke.stapler.",
            "org.slf4j.");

    /** In {@code WEB-INF/lib}. */
    private static final List<String> BROUGHT =
            List.of("org.apache.commons.rng.", "org.apache.commons.statistics.", "org.mlflow.", "org.mlflow_project.");

    @TempDir
    static Path folder;

    private static PluginFile plugin;
    private static URLClassLoader loader;
    private static References references;

    @BeforeAll
    static void open() throws IOException {
        plugin = new PluginFile(folder);
        loader = plugin.loader();
        references = new References(plugin.jar());
    }

    @AfterAll
    static void close() throws IOException {
        loader.close();
    }

    @Test
    void itsManifestSaysWhatJenkinsMustKnow() {
        Attributes manifest = plugin.manifest();
        assertEquals("cascade-rl", manifest.getValue("Short-Name"));
        assertEquals("Cascade RL", manifest.getValue("Long-Name"));
        assertEquals("io.jenkins.plugins", manifest.getValue("Group-Id"));
        assertEquals("cascade-rl", manifest.getValue("Artifact-Id"));
        assertEquals("2.528.3", manifest.getValue("Jenkins-Version"));
        assertEquals("MIT", manifest.getValue("Plugin-License-Name"));
        assertEquals("true", manifest.getValue("Support-Dynamic-Loading"));
        assertFalse(manifest.getValue("Plugin-Version").isBlank());
    }

    @Test
    void theManifestOfItsJarNamesThePluginOrBuildsCouldNotBeSaved() throws IOException {
        try (JarFile jar = new JarFile(plugin.jar().toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            for (String name : List.of("Short-Name", "Plugin-Version", "Jenkins-Version")) {
                assertEquals(plugin.manifest().getValue(name), manifest.getValue(name), name);
            }
        }
    }

    @Test
    void dependsOnThePluginsWhoseClassesItUsesAndOnNoOther() {
        Set<String> used = references.names().stream()
                .flatMap(name -> origin(name).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> declared = Arrays.stream(
                        plugin.manifest().getValue("Plugin-Dependencies").split(","))
                .map(dependency -> dependency.split(":")[0])
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(used, declared);
    }

    @Test
    void bringsOnlyLibrariesThatNeitherJenkinsNorThosePluginsHave() {
        Set<String> names = plugin.libraries().stream()
                .map(file -> file.replaceFirst("(-[0-9][0-9.]*)?\\.jar$", ""))
                .collect(Collectors.toSet());
        assertEquals(
                Set.of(
                        "cascade-rl",
                        "commons-numbers-combinatorics",
                        "commons-numbers-core",
                        "commons-numbers-fraction",
                        "commons-numbers-gamma",
                        "commons-numbers-rootfinder",
                        "commons-rng-client-api",
                        "commons-rng-sampling",
                        "commons-statistics-distribution",
                        "mlflow-client"),
                names);
    }

    @Test
    void itsJarHoldsTheControllersSideAndNoSignatureOfTheJenkinsApi() throws IOException {
        for (String entry : PluginFile.entries(plugin.jar())) {
            assertTrue(
                    entry.matches(
                            "META-INF/.+|index\\.jelly|images/.+|io/jenkins/plugins/cascade/"
                                    + "((gate|pages|recipe|report|stage|steps|track)/.+|trainer/cascade-trainer\\.(jar|sha256))"),
                    entry);
        }
    }

    @Test
    void everyClassThatItsClassesNameIsThereOnAController() {
        assertTrue(references.names().size() > 300, references.names().size() + " classes");
        assertEquals(Set.of(), references.missingFrom(loader));
    }

    @Test
    void everyClassOfOursPassesVerificationThere() throws Exception {
        for (String name : PluginFile.classes(plugin.jar())) {
            assertEquals(loader, verified(name).getClassLoader(), name);
        }
    }

    @Test
    void theExtensionIndexListsExactlyTheAnnotatedClasses() throws Exception {
        Class<? extends Annotation> extension = annotation("hudson.Extension");
        Set<String> indexed = new TreeSet<>();
        Index.load(extension, Object.class, loader).forEach(item -> indexed.add(item.className()));
        assertEquals(annotated(extension), indexed);
        assertFalse(indexed.isEmpty());
    }

    @Test
    void theSymbolIndexListsExactlyTheAnnotatedClasses() throws Exception {
        Set<String> indexed;
        try (InputStream in = loader.getResourceAsStream("META-INF/services/annotations/org.jenkinsci.Symbol")) {
            indexed = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        assertEquals(annotated(annotation("org.jenkinsci.Symbol")), indexed);
        assertFalse(indexed.isEmpty());
    }

    @Test
    void carriesTheTrainerAndItsDigest() throws Exception {
        byte[] trainer = resource(TRAINER + ".jar");
        assertEquals(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(trainer)),
                new String(resource(TRAINER + ".sha256"), StandardCharsets.US_ASCII));
        assertTrue(
                Arrays.equals(trainer, Files.readAllBytes(PluginFile.TARGET.resolve("cascade-trainer.jar"))),
                "target/cascade-trainer.jar is another one");
    }

    @Test
    void everyResourceIsInThePluginOrInTheTrainer() throws IOException {
        Set<String> packed = new TreeSet<>(PluginFile.entries(plugin.jar()));
        packed.addAll(PluginFile.entries(PluginFile.TARGET.resolve("cascade-trainer.jar")));
        Set<String> missing = new TreeSet<>();
        Path resources = Path.of("src/main/resources");
        try (Stream<Path> files = Files.walk(resources)) {
            files.filter(Files::isRegularFile)
                    .map(file -> resources.relativize(file).toString())
                    .filter(name -> !packed.contains(name))
                    .forEach(missing::add);
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyStepAndArgumentHasAForm() throws Exception {
        Set<String> entries = new TreeSet<>(PluginFile.entries(plugin.jar()));
        Set<String> without = new TreeSet<>();
        for (String name : annotated(annotation("org.jenkinsci.Symbol"))) {
            String form = name.replaceFirst("\\$.*", "").replace('.', '/');
            if (!entries.contains(form + "/config.jelly")) {
                without.add(name);
            }
        }
        assertEquals(Set.of(), without);
    }

    @Test
    void hasADescriptionForThePluginManager() throws IOException {
        assertTrue(new String(resource("index.jelly"), StandardCharsets.UTF_8).contains("Cascade RL"));
    }

    /** The plugin that a class is of; empty for Jenkins itself and for what we bring. */
    private static Optional<String> origin(String name) {
        Optional<String> prefix =
                PLUGINS.keySet().stream().filter(name::startsWith).max(Comparator.comparingInt(String::length));
        if (prefix.isEmpty() && Stream.of(CORE, BROUGHT).flatMap(List::stream).noneMatch(name::startsWith)) {
            return Optional.of("the unknown owner of " + name);
        }
        return prefix.map(PLUGINS::get);
    }

    /** Links a class, which is when it is verified, and initialises it, for Java offers no way to do only the first. */
    private static Class<?> verified(String name) throws ClassNotFoundException {
        try {
            return Class.forName(name, true, loader);
        } catch (ExceptionInInitializerError e) { // it was linked, but a signature of the Jenkins API does nothing
            assertInstanceOf(UnsupportedOperationException.class, e.getCause(), name);
            return Class.forName(name, false, loader);
        }
    }

    private static Set<String> annotated(Class<? extends Annotation> annotation) throws Exception {
        Set<String> names = new TreeSet<>();
        for (String name : PluginFile.classes(plugin.jar())) {
            if (Class.forName(name, false, loader).isAnnotationPresent(annotation)) {
                names.add(name);
            }
        }
        return names;
    }

    private static Class<? extends Annotation> annotation(String name) throws ClassNotFoundException {
        return Class.forName(name, false, loader).asSubclass(Annotation.class);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = loader.getResourceAsStream(name)) {
            assertNotNull(in, name + " is missing");
            return in.readAllBytes();
        }
    }
}
