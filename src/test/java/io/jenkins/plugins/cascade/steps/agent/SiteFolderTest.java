package io.jenkins.plugins.cascade.steps.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.stage.StageSite.Piece;
import io.jenkins.plugins.cascade.stage.StageSite.Want;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stage store as the agent reads and writes it. */
class SiteFolderTest {
    @TempDir
    private Path root;

    private SiteFolder site;

    @BeforeEach
    void open() {
        site = new SiteFolder(root);
    }

    @Test
    void bringsWhatWasAppendedSinceTheLastTime() throws Exception {
        site.write("stages/a/events.jsonl", bytes("one\n"));
        Piece first = fetch("stages/a/events.jsonl", null, 0, 100);
        assertArrayEquals(bytes("one\n"), first.bytes());
        Files.writeString(root.resolve("stages/a/events.jsonl"), "two\n", StandardOpenOption.APPEND);
        Piece second = fetch("stages/a/events.jsonl", first.identity(), 4, 2);
        assertEquals(first.identity(), second.identity());
        assertEquals(4, second.offset());
        assertEquals(8, second.size());
        assertArrayEquals(bytes("tw"), second.bytes());
        assertEquals(0, fetch("stages/a/events.jsonl", first.identity(), 8, 100).bytes().length);
    }

    @Test
    void anotherFileOfTheSameNameBeginsAtZero() throws Exception {
        site.write("status.json", bytes("first, and long"));
        Piece first = fetch("status.json", null, 0, 100);
        Path next = Files.writeString(root.resolve("next"), "second");
        Files.move(next, root.resolve("status.json"), StandardCopyOption.REPLACE_EXISTING);
        Piece second = fetch("status.json", first.identity(), 15, 100);
        assertNotEquals(first.identity(), second.identity());
        assertEquals(0, second.offset());
        assertArrayEquals(bytes("second"), second.bytes());
    }

    @Test
    void aFileThatWasCutBeginsAtZero() throws Exception {
        site.write("log", bytes("0123456789"));
        Piece first = fetch("log", null, 0, 100);
        Files.write(root.resolve("log"), bytes("ab"), StandardOpenOption.TRUNCATE_EXISTING);
        Piece second = fetch("log", first.identity(), 10, 100);
        assertEquals(0, second.offset());
        assertArrayEquals(bytes("ab"), second.bytes());
    }

    @Test
    void whatIsMissingOrNoRegularFileHasNoIdentity() throws Exception {
        Path secret = Files.writeString(root.resolve("secret"), "password");
        Files.createSymbolicLink(root.resolve("link"), secret);
        Files.createDirectory(root.resolve("folder"));
        for (String path : List.of("missing", "no/such/folder", "link", "folder")) {
            Piece piece = fetch(path, null, 0, 100);
            assertNull(piece.identity(), path);
            assertEquals(0, piece.bytes().length, path);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "/etc/passwd", "a/../../outside", "", "a/./b", "nul\0"})
    void aPathThatLeavesTheFolderIsRefused(String path) {
        assertThrows(IOException.class, () -> fetch(path, null, 0, 10));
        assertThrows(IOException.class, () -> site.write(path, bytes("x")));
        assertThrows(IOException.class, () -> site.touch(path));
    }

    @Test
    void writesWholeFilesAndLeavesNothingBeside() throws Exception {
        site.write("orders/x/order.json", bytes("old"));
        site.write("orders/x/order.json", bytes("new"));
        assertEquals("new", Files.readString(root.resolve("orders/x/order.json")));
        try (Stream<Path> files = Files.list(root.resolve("orders/x"))) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void touchesALeaseAndMakesIt() throws Exception {
        site.write("orders/x/order.json", bytes("{}"));
        site.touch("orders/x/lease");
        Path lease = root.resolve("orders/x/lease");
        assertTrue(Files.exists(lease));
        Files.setLastModifiedTime(lease, FileTime.fromMillis(1000));
        site.touch("orders/x/lease");
        assertTrue(Files.getLastModifiedTime(lease).toMillis() > 1000);
    }

    @Test
    void aLeaseOfAFolderThatIsGoneIsNotMade() throws Exception {
        site.touch("orders/gone/lease");
        assertFalse(Files.exists(root.resolve("orders")));
    }

    private Piece fetch(String path, String identity, long offset, int most) throws IOException {
        return site.fetch(List.of(new Want(path, identity, offset, most))).get(0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
