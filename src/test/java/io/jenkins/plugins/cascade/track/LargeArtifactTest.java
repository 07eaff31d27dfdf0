package io.jenkins.plugins.cascade.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeArtifactTest {
    private static final long TWO_GIGABYTES = 2L << 30;

    @TempDir
    Path folder;

    /** What the child does: sends a folder with a large file, with a heap that could not hold a thirtieth of it. */
    static final class Upload {
        private Upload() {}

        public static void main(String[] arguments) throws IOException {
            ArtifactManifest sent = MlflowRest.at(arguments[0], MlflowCredentials.none())
                    .artifacts()
                    .uploadFolder(arguments[1], Path.of(arguments[2]), "model");
            System.out.println(sent.files() + " " + Runtime.getRuntime().maxMemory());
        }
    }

    @Test
    void twoGigabytesPassThroughAHeapOf64Megabytes() throws Exception {
        Path model = Files.createDirectory(folder.resolve("model"));
        try (RandomAccessFile sparse =
                new RandomAccessFile(model.resolve("model.safetensors").toFile(), "rw")) {
            sparse.write("weights".getBytes(StandardCharsets.UTF_8));
            sparse.setLength(TWO_GIGABYTES);
        }
        try (ZeroSink sink = ZeroSink.start()) {
            Path log = folder.resolve("log");
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Upload.class.getName(),
                            sink.address(),
                            ZeroSink.RUN,
                            model.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean ended = child.waitFor(180, TimeUnit.SECONDS);
            child.destroyForcibly();
            String said = Files.readString(log);
            assertTrue(ended, said);
            assertEquals(0, child.exitValue(), said);
            assertTrue(said.contains("bytes=" + TWO_GIGABYTES), said);
            assertEquals(TWO_GIGABYTES, sink.received("model/model.safetensors"));
        }
    }
}
