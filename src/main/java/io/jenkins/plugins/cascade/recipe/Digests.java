package io.jenkins.plugins.cascade.recipe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** SHA-256 digests, written {@code sha256:} and 64 hexadecimal digits. */
public final class Digests {
    private static final int BUFFER = 1 << 16;

    private Digests() {}

    /** The digest of some bytes. */
    public static String ofBytes(byte[] bytes) {
        return text(sha256().digest(bytes));
    }

    /**
     * The digest of a file's bytes.
     *
     * @throws IOException when it cannot be read
     */
    public static String ofFile(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return text(digest.digest());
    }

    /**
     * The digest of a folder: over the sorted lines "digest, space, relative path" of its regular files, hidden files left out.
     *
     * @throws IOException when something in it cannot be read
     */
    public static String ofFolder(Path folder) throws IOException {
        return ofFolder(folder, Digests::ofFile);
    }

    /** Tells the digest of a file's bytes. */
    public interface FileDigest {
        /** The digest, as {@link #ofFile} has it. */
        String of(Path file) throws IOException;
    }

    /**
     * The digest of a folder whose files' digests are told by somebody who may know some of them already.
     *
     * @throws IOException when something in it cannot be read
     */
    public static String ofFolder(Path folder, FileDigest digests) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
        StringBuilder lines = new StringBuilder();
        for (Path file : files) {
            String relative = folder.relativize(file).toString().replace('\\', '/');
            lines.append(digests.of(file)).append(' ').append(relative).append('\n');
        }
        return ofBytes(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String text(byte[] hash) {
        return "sha256:" + HexFormat.of().formatHex(hash);
    }
}
