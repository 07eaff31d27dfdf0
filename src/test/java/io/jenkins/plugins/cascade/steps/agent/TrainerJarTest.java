package io.jenkins.plugins.cascade.steps.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trainer's copy on an agent. */
class TrainerJarTest {
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    @Test
    void isNamedAfterItsContent() {
        assertEquals("caches/cascade-rl/trainer-" + DIGEST + ".jar", new TrainerJar(DIGEST).cached());
        assertThrows(IllegalArgumentException.class, () -> new TrainerJar("../../x"));
    }

    @Test
    void isShownInTheStoreWithoutASecondCopy(@TempDir Path agent) throws Exception {
        Path cached = Files.write(agent.resolve("cached.jar"), new byte[] {1, 2, 3});
        Path store = agent.resolve("workspace/.cascade");
        LinkFile link = new LinkFile(cached.toString(), "trainer.jar");
        link.invoke(store.toFile(), null);
        link.invoke(store.toFile(), null);
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(store.resolve("trainer.jar")));
        assertEquals(
                Files.getAttribute(cached, "unix:ino"), Files.getAttribute(store.resolve("trainer.jar"), "unix:ino"));
        try (Stream<Path> files = Files.list(store)) {
            assertEquals(1, files.count());
        }
    }
}
