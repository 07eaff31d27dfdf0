package io.jenkins.plugins.cascade.trainer.libtorch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Archives of libtorch: the published one that the build resolved, and small ones of the same form. */
final class Archives {
    private Archives() {}

    /** The jar on this class path. */
    static Path published() {
        Path jar = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> entry.getFileName().toString().startsWith("pytorch-native-cpu-"))
                .findFirst()
                .orElseThrow();
        assertTrue(jar.toString().endsWith("linux-x86_64.jar"), jar.toString());
        return jar;
    }

    /** A jar whose libraries hold a word each. */
    static byte[] small() throws IOException {
        return jar(Map.of(
                "native/lib/pytorch.properties", "version=2.7.1",
                "pytorch/cpu/linux-x86_64/libtorch.so", "torch",
                "pytorch/cpu/linux-x86_64/libc10.so", "c10"));
    }

    static byte[] jar(Map<String, String> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    /** What would be pinned if this were the published jar. */
    static LibtorchArchive pinnedTo(byte[] jar) throws NoSuchAlgorithmException {
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar));
        return new LibtorchArchive("2.7.1", "2.7.1-20250812", "linux-x86_64", sha256);
    }
}
