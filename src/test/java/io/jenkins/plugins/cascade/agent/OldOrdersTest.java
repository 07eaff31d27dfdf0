package io.jenkins.plugins.cascade.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.stage.OrderFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which orders of a store go and which stay. */
class OldOrdersTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    private Path root;

    @Test
    void removesWhatItsControllerIsDoneWithForADayAndKeepsTheRest() throws IOException {
        order("done", Duration.ofHours(25));
        order("recent", Duration.ofHours(23));
        Path awaited = order("awaited", Duration.ofDays(59));
        Files.createDirectories(awaited.resolve("process@tmp/durable-1234"));
        Path lost = order("lost", Duration.ofDays(61));
        Files.createDirectories(lost.resolve("process@tmp/durable-1234"));
        Path followed = order("followed", Duration.ofDays(3));
        touch(followed.resolve(OrderFiles.LEASE), Duration.ofMinutes(1));

        new OldOrders(root, NOW).remove();

        assertEquals(Set.of("recent", "awaited", "followed"), left());
    }

    @Test
    void neverRemovesAnOrderThatAProcessWorksOn() throws IOException {
        Path folder = order("running", Duration.ofDays(100));
        try (OrderLock lock = OrderLock.hold(folder)) {
            new OldOrders(root, NOW).remove();
            assertEquals(Set.of("running"), left());
        }
        touch(folder.resolve(OrderFiles.ORDER), Duration.ofDays(100));
        new OldOrders(root, NOW).remove();
        assertEquals(Set.of(), left());
    }

    @Test
    void followsNoLinkOutOfTheStore() throws IOException {
        Path elsewhere = Files.createDirectories(root.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("kept.txt"), "kept");
        Path folder = order("done", Duration.ofDays(2));
        Files.createSymbolicLink(folder.resolve("link"), elsewhere);
        Files.createSymbolicLink(root.resolve(OrderFiles.FOLDER).resolve("linked"), elsewhere);

        new OldOrders(root, NOW).remove();

        assertEquals(Set.of("linked"), left());
        assertTrue(Files.exists(elsewhere.resolve("kept.txt")));
    }

    @Test
    void aStoreWithoutOrdersIsNoMistake() throws IOException {
        new OldOrders(root, NOW).remove();
        try (Stream<Path> files = Files.list(root)) {
            assertEquals(0, files.count());
        }
    }

    private Path order(String attempt, Duration age) throws IOException {
        Path folder = Files.createDirectories(root.resolve(OrderFiles.FOLDER).resolve(attempt));
        touch(folder.resolve(OrderFiles.ORDER), age);
        touch(folder.resolve(OrderFiles.LEASE), age);
        return folder;
    }

    private static void touch(Path file, Duration age) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, "");
        }
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
    }

    private Set<String> left() throws IOException {
        try (Stream<Path> folders = Files.list(root.resolve(OrderFiles.FOLDER))) {
            return folders.map(folder -> folder.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
