package io.jenkins.plugins.cascade.trainer.libtorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where libtorch is looked for, and what is said when it is nowhere. */
class LibtorchSearchTest {
    private static final String FOLDER = "2.7.1-20250812-cpu-linux-x86_64";

    @TempDir
    Path root;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private Path home;
    private byte[] jar;
    private LibtorchArchive archive;

    @BeforeEach
    void makeHome() throws Exception {
        home = Files.createDirectory(root.resolve("home"));
        jar = Archives.small();
        archive = Archives.pinnedTo(jar);
    }

    @Test
    void takesTheFolderThatTheEnvironmentNames() throws IOException {
        Path folder = library(root.resolve("pip/torch/lib"));
        assertEquals(folder, find(Map.of("PYTORCH_LIBRARY_PATH", root + ":" + folder)));
        assertEquals(folder, find(Map.of("PYTORCH_LIBRARY_PATH", folder.resolve("libtorch.so") + "")));
    }

    @Test
    void refusesAFolderThatHoldsNoLibtorchEvenIfAnotherPlaceDoes() throws IOException {
        library(home.resolve(".djl.ai/pytorch").resolve(FOLDER));
        StageFailure failure = refused(Map.of("PYTORCH_LIBRARY_PATH", root.toString()));
        assertEquals(
                "PYTORCH_LIBRARY_PATH is " + root
                        + ", but there is no libtorch.so in it; name the folder of libtorch 2.7.1"
                        + " that holds this file.",
                failure.getMessage());
        assertEquals(ExitCode.BAD_INPUT, failure.exitCode());
    }

    @Test
    void takesWhatTheCacheHoldsWhateverItsDate() throws IOException {
        Path cached = library(home.resolve(".djl.ai/pytorch/2.7.1-20991231-cpu-linux-x86_64"));
        assertEquals(cached, find(Map.of()));
        assertEquals("", log.toString());
    }

    @Test
    void aCacheOfAnotherVersionOrProcessorDoesNotServe() throws IOException {
        Path cache = home.resolve(".djl.ai/pytorch");
        library(cache.resolve("2.5.1-cpu-linux-x86_64"));
        library(cache.resolve("2.7.1-20250812-cpu-linux-aarch64"));
        library(cache.resolve("2.7.1-20250812-cu128-linux-x86_64"));
        Files.createDirectories(cache.resolve(FOLDER)); // without the library
        assertTrue(refused(Map.of()).getMessage().startsWith("libtorch 2.7.1 was not found: "));
    }

    @Test
    void unpacksTheLocalMavenRepositorysJarOnce() throws IOException {
        mavenHas(home.resolve(".m2/repository"), jar);
        Path expected = home.resolve(".djl.ai/pytorch").resolve(FOLDER);
        assertEquals(expected, find(Map.of()));
        assertEquals("torch", Files.readString(expected.resolve("libtorch.so")));
        assertEquals("c10", Files.readString(expected.resolve("libc10.so")));
        assertEquals(
                "Unpacking libtorch 2.7.1 into " + home + "/.djl.ai/pytorch; this is done once.\n", log.toString());

        log.reset();
        assertEquals(expected, find(Map.of()));
        assertEquals("", log.toString());
    }

    @Test
    void followsMavensOptionsToItsRepositoryAndTheCachesVariables() throws IOException {
        mavenHas(root.resolve("repository"), jar);
        Map<String, String> environment = Map.of(
                "MAVEN_OPTS",
                "-Xmx1g -Dmaven.repo.local=" + root.resolve("repository") + " -B",
                "DJL_CACHE_DIR",
                root.resolve("cache").toString());
        assertEquals(root.resolve("cache/pytorch").resolve(FOLDER), find(environment));
    }

    @Test
    void saysWhereItLookedAndWhichCommandBringsIt() {
        assertEquals(
                "libtorch 2.7.1 was not found: PYTORCH_LIBRARY_PATH is not set, and it is neither in " + home
                        + "/.djl.ai/pytorch nor in the Maven repository " + home + "/.m2/repository; run 'mvn"
                        + " dependency:get -Dtransitive=false"
                        + " -Dartifact=ai.djl.pytorch:pytorch-native-cpu:2.7.1:jar:linux-x86_64' on this machine as this"
                        + " user, or set CASCADE_MAVEN_REPOSITORY to the address of a Maven repository from which the"
                        + " trainer may download it.",
                refused(Map.of()).getMessage());
    }

    @Test
    void takesNoPlaceThatOthersCanWriteWhereThereIsNoHome() {
        home = root.resolve("missing");
        assertEquals(
                "The home directory " + home + " cannot be written, so there is no place for the native libraries; set"
                        + " DJL_CACHE_DIR to a folder with 500 MB of room that only this user can write.",
                refused(Map.of()).getMessage());
    }

    @Test
    void tellsTheEngineWhichBridgeFitsTheFolder() throws IOException {
        Path folder = library(root.resolve("lib"));
        Map<String, String> cpu = NativeLibraries.settings(folder);
        assertEquals(
                Map.of("PYTORCH_LIBRARY_PATH", folder + "", "PYTORCH_VERSION", "2.7.1", "PYTORCH_FLAVOR", "cpu"), cpu);
        Files.createFile(folder.resolve("libtorch_cuda.so"));
        assertEquals("cu128", NativeLibraries.settings(folder).get("PYTORCH_FLAVOR"));
    }

    private Path find(Map<String, String> environment) {
        return new LibtorchSearch(archive, environment, home, new PrintStream(log, true)).find();
    }

    private StageFailure refused(Map<String, String> environment) {
        return assertThrows(StageFailure.class, () -> find(environment));
    }

    private void mavenHas(Path repository, byte[] jar) throws IOException {
        Path file = repository.resolve(archive.repositoryPath());
        Files.createDirectories(file.getParent());
        Files.write(file, jar);
    }

    private static Path library(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("libtorch.so"), "torch");
        return folder;
    }
}
