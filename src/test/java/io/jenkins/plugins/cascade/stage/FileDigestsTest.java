package io.jenkins.plugins.cascade.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.recipe.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A digest that is remembered is never that of other bytes. */
@Timeout(60)
class FileDigestsTest {
    private static final int SIZE = (int) FileDigests.SMALLEST + 1;

    @TempDir
    Path store;

    private Path file;
    private FileDigests digests;

    @BeforeEach
    void aFileThatHasSettled() throws IOException {
        file = store.resolve("model.safetensors");
        Files.write(file, bytes(1));
        digests = new FileDigests(store);
    }

    @Test
    void remembersASettledFileAndTellsTheSame() throws IOException {
        String digest = remembered();
        assertEquals(Digests.ofFile(file), digest);
        // Whether it was looked up can be seen: a forged entry would be told.
        Path entry = entry();
        Files.writeString(entry, Files.readString(entry).replace(digest, Digests.ofBytes(new byte[0])));
        assertEquals(Digests.ofBytes(new byte[0]), digests.ofFile(file));
    }

    @Test
    void noticesOtherBytesOfTheSameSizeUnderTheSameNameWithTheOldTime() throws IOException {
        String before = remembered();
        FileTime time = Files.getLastModifiedTime(file);
        Files.write(file, bytes(2));
        Files.setLastModifiedTime(file, time);
        assertEquals(time, Files.getLastModifiedTime(file));
        assertNotEquals(before, digests.ofFile(file));
        assertEquals(Digests.ofFile(file), digests.ofFile(file));
    }

    @Test
    void noticesAnotherFileThatIsMovedToTheName() throws IOException {
        String before = remembered();
        Path other = store.resolve("other");
        Files.write(other, bytes(3));
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertNotEquals(before, digests.ofFile(file));
    }

    @Test
    void remembersNothingOfAFileThatJustChanged() throws IOException {
        Files.write(file, bytes(4));
        digests.ofFile(file);
        assertFalse(Files.exists(store.resolve("digests")));
    }

    @Test
    void readsAFileWhoseEntryIsDamaged() throws IOException {
        String digest = remembered();
        Files.writeString(entry(), "{");
        assertEquals(digest, digests.ofFile(file));
    }

    @Test
    void aFolderHasTheDigestThatItHasWithoutMemory() throws IOException {
        Path model = Files.createDirectories(store.resolve("model"));
        Files.write(model.resolve("a"), bytes(5));
        Files.write(model.resolve("b"), new byte[10]);
        assertEquals(Digests.ofFolder(model), digests.ofFolder(model));
    }

    /** Asks until the file is old enough to be remembered. */
    private String remembered() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        String digest = digests.ofFile(file);
        while (!Files.exists(store.resolve("digests"))) {
            assertTrue(System.nanoTime() < deadline, "the digest was never remembered");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            digest = digests.ofFile(file);
        }
        return digest;
    }

    private Path entry() throws IOException {
        try (Stream<Path> entries = Files.list(store.resolve("digests"))) {
            return entries.findFirst().orElseThrow();
        }
    }

    private static byte[] bytes(int seed) {
        byte[] bytes = new byte[SIZE];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
