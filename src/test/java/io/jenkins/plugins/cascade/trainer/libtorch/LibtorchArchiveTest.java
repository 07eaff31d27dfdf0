package io.jenkins.plugins.cascade.trainer.libtorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What is pinned fits the libraries that the build resolved. */
class LibtorchArchiveTest {
    @Test
    void isTheVersionThatTheNativeBridgeWasBuiltFor() throws IOException {
        String bridge = properties("jnilib/pytorch.properties").getProperty("jni_version");
        assertTrue(bridge.startsWith(LibtorchArchive.VERSION + "-"), bridge);
    }

    @Test
    void hasTheNameThatTheEngineGivesItInItsCache() throws IOException {
        Properties published = properties("native/lib/pytorch.properties");
        LibtorchArchive archive = LibtorchArchive.of("Linux", "amd64").orElseThrow();
        assertEquals(published.getProperty("version"), archive.build());
        assertEquals(published.getProperty("classifier"), archive.platform());
        assertEquals(published.getProperty("flavor"), "cpu");
    }

    @Test
    void existsForTheProcessorsThatTheTrainerHasNativeCodeFor() {
        assertEquals(
                "linux-aarch64",
                LibtorchArchive.of("Linux", "aarch64").orElseThrow().platform());
        assertEquals(Optional.empty(), LibtorchArchive.of("Linux", "riscv64"));
        assertEquals(Optional.empty(), LibtorchArchive.of("Windows 11", "amd64"));
    }

    private static Properties properties(String resource) throws IOException {
        try (InputStream in = LibtorchArchiveTest.class.getClassLoader().getResourceAsStream(resource)) {
            assertNotNull(in, resource);
            Properties properties = new Properties();
            properties.load(in);
            return properties;
        }
    }
}
