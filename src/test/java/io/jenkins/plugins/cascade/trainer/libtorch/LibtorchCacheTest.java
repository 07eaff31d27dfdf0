package io.jenkins.plugins.cascade.trainer.libtorch;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filling the cache: from the published archive, by several at once, from a repository that misbehaves. */
class LibtorchCacheTest {
    private static final String FOLDER = "2.7.1-20250812-cpu-linux-x86_64";
    private static final PrintStream SILENT = new PrintStream(OutputStream.nullOutputStream());

    @RegisterExtension
    static final WireMockExtension REPOSITORY =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    @TempDir
    Path root;

    private byte[] jar;
    private LibtorchArchive archive;
    private Path folder;
    private LibtorchCache cache;

    @BeforeEach
    void makeCache() throws Exception {
        jar = Archives.small();
        archive = Archives.pinnedTo(jar);
        folder = root.resolve("cache");
        cache = new LibtorchCache(archive, folder, SILENT);
    }

    @Test
    void unpacksThePublishedArchiveWhoseDigestIsPinned() throws IOException {
        LibtorchArchive pinned = LibtorchArchive.of("Linux", "amd64").orElseThrow();
        assertTrue(Archives.published().endsWith(pinned.repositoryPath()), pinned.repositoryPath());

        Path unpacked = new LibtorchCache(pinned, folder, SILENT).unpack(Archives.published());

        assertEquals(FOLDER, unpacked.getFileName().toString());
        assertEquals(Set.of("libc10.so", "libgomp-98b21ff3.so.1", "libtorch.so", "libtorch_cpu.so"), names(unpacked));
        assertEquals(446_372_105, Files.size(unpacked.resolve("libtorch_cpu.so")));
        assertEquals(Set.of(FOLDER), names(folder));
    }

    @Test
    void severalAtOnceLeaveOneWholeCopy() throws Exception {
        Path file = Files.write(root.resolve("libtorch.jar"), jar);
        int count = 8;
        CyclicBarrier together = new CyclicBarrier(count);
        ExecutorService pool = Executors.newFixedThreadPool(count);
        try {
            Callable<Path> unpacking = () -> {
                together.await();
                return new LibtorchCache(archive, folder, SILENT).unpack(file);
            };
            List<Future<Path>> results = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                results.add(pool.submit(unpacking));
            }
            for (Future<Path> result : results) {
                assertEquals("torch", Files.readString(result.get().resolve("libtorch.so")));
            }
        } finally {
            pool.shutdownNow();
        }
        assertEquals(Set.of(FOLDER), names(folder));
    }

    @Test
    void anArchiveOfAnotherDigestIsNotUsed() throws IOException {
        byte[] other = Archives.jar(Map.of("pytorch/cpu/linux-x86_64/libtorch.so", "evil"));
        Path file = Files.write(root.resolve("libtorch.jar"), other);
        StageFailure failure = assertThrows(StageFailure.class, () -> cache.unpack(file));
        assertTrue(failure.getMessage().contains(archive.sha256() + " was published; it comes from " + file));
        assertEquals(Set.of(), names(folder));
    }

    @Test
    void noEntryLeavesTheFolder() throws Exception {
        byte[] hostile = Archives.jar(Map.of(
                "pytorch/cpu/linux-x86_64/libtorch.so", "torch",
                "pytorch/cpu/linux-x86_64/../../../../escaped.so", "evil",
                "pytorch/cpu/linux-x86_64/..", "evil"));
        Path file = Files.write(root.resolve("libtorch.jar"), hostile);
        Path unpacked = new LibtorchCache(Archives.pinnedTo(hostile), folder, SILENT).unpack(file);
        assertEquals(Set.of("libtorch.so"), names(unpacked));
        assertEquals(Set.of("cache", "libtorch.jar"), names(root));
    }

    @Test
    void removesWhatAKilledProcessLeftAndNothingElse() throws IOException {
        Path file = Files.write(root.resolve("libtorch.jar"), jar);
        Path abandoned = Files.createDirectories(folder.resolve("cascade-libtorch-1"));
        Files.writeString(abandoned.resolve("libtorch_cpu.so"), "half");
        Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        Files.createDirectories(folder.resolve("cascade-libtorch-2"));
        Files.createDirectories(folder.resolve("tmp3"));
        cache.unpack(file);
        assertEquals(Set.of("cascade-libtorch-2", "tmp3", FOLDER), names(folder));
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path file = Files.write(root.resolve("libtorch.jar"), jar);
        Files.writeString(folder, "not a folder");
        StageFailure failure = assertThrows(StageFailure.class, () -> cache.unpack(file));
        assertEquals(ExitCode.CANNOT_WRITE, failure.exitCode());
        assertTrue(failure.getMessage().startsWith("libtorch 2.7.1 could not be unpacked into " + folder));
    }

    @Test
    void downloadsFromARepository() throws IOException {
        REPOSITORY.stubFor(get("/maven2/" + archive.repositoryPath()).willReturn(ok().withBody(jar)));
        Path unpacked = cache.download(repository(Duration.ofSeconds(20)));
        assertEquals("torch", Files.readString(unpacked.resolve("libtorch.so")));
        assertEquals(Set.of(FOLDER), names(folder));
    }

    @Test
    void aRepositoryThatSendsSomethingElseIsNotBelieved() throws IOException {
        byte[] other = Archives.jar(Map.of("pytorch/cpu/linux-x86_64/libtorch.so", "evil"));
        REPOSITORY.stubFor(get("/maven2/" + archive.repositoryPath()).willReturn(ok().withBody(other)));
        StageFailure failure = refused(Duration.ofSeconds(20));
        assertTrue(failure.getMessage().contains("it comes from " + REPOSITORY.baseUrl() + "/maven2/"));
        assertEquals(Set.of(), names(folder));
    }

    @Test
    void aRepositoryWithoutTheFileIsNamed() throws IOException {
        StageFailure failure = refused(Duration.ofSeconds(20));
        assertEquals(
                "libtorch could not be downloaded from " + REPOSITORY.baseUrl() + "/maven2/" + archive.repositoryPath()
                        + ": it answered with status 404; see that the address is right and can be reached from this"
                        + " machine.",
                failure.getMessage());
        assertEquals(Set.of(), names(folder));
    }

    @Test
    void aRepositoryThatStallsIsGivenUp() throws IOException {
        REPOSITORY.stubFor(get("/maven2/" + archive.repositoryPath())
                .willReturn(aResponse().withBody(jar).withChunkedDribbleDelay(20, 60_000)));
        StageFailure failure = refused(Duration.ofMillis(500));
        assertTrue(failure.getMessage().contains("it took longer than"), failure.getMessage());
        assertFalse(names(folder).contains(FOLDER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://host/maven2", "https://user:secret@host/maven2", "maven2", "https:// host", "https:///x"})
    void anAddressThatIsNoRepositoryIsRefusedWithoutShowingIt(String address) {
        StageFailure failure =
                assertThrows(StageFailure.class, () -> MavenRepository.at(address, "CASCADE_MAVEN_REPOSITORY"));
        assertEquals(
                "CASCADE_MAVEN_REPOSITORY must be the address of a Maven repository, http:// or https:// without user and"
                        + " password.",
                failure.getMessage());
    }

    private StageFailure refused(Duration patience) {
        return assertThrows(StageFailure.class, () -> cache.download(repository(patience)));
    }

    private static MavenRepository repository(Duration patience) {
        return new MavenRepository(URI.create(REPOSITORY.baseUrl() + "/maven2/"), patience);
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
