package io.jenkins.plugins.cascade.trainer.libtorch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * libtorch for the CPU as the Deep Java Library publishes it on Maven Central: a jar for each platform.
 *
 * @param version of libtorch; the trainer's native bridge fits this one only
 * @param build the version with the date of the archive, as the Deep Java Library's cache names it
 * @param platform system and processor, as in {@code linux-x86_64}
 * @param sha256 of the jar, 64 hexadecimal digits
 */
record LibtorchArchive(String version, String build, String platform, String sha256) {
    /** The version that the trainer's native bridge is linked against. */
    static final String VERSION = "2.7.1";

    private static final String BUILD = VERSION + "-20250812";
    private static final String ARTIFACT = "pytorch-native-cpu";

    /** More than any of the archives holds; a wrong file cannot fill the disk. */
    private static final long MOST_BYTES = 1L << 30;

    private static final int BUFFER = 1 << 16;

    /**
     * The archive for a platform.
     *
     * @param system Java's {@code os.name}
     * @param processor Java's {@code os.arch}
     * @return empty where the trainer has no native code for it
     */
    static Optional<LibtorchArchive> of(String system, String processor) {
        if (!system.equals("Linux")) {
            return Optional.empty();
        }
        return switch (processor) {
            case "amd64" -> pinned("linux-x86_64", "1769928feaaa2389b4aa68390e7787ce1707290258b167d016a200fced4b8c39");
            case "aarch64" ->
                pinned("linux-aarch64", "ea7bf1da33fc4ecf310186b27f2b4afc4387e81cb76a994e5703e0e3c2c97cf6");
            default -> Optional.empty();
        };
    }

    private static Optional<LibtorchArchive> pinned(String platform, String sha256) {
        return Optional.of(new LibtorchArchive(VERSION, BUILD, platform, sha256));
    }

    /** Maven coordinates, as {@code dependency:get} takes them. */
    String coordinates() {
        return "ai.djl.pytorch:" + ARTIFACT + ":" + version + ":jar:" + platform;
    }

    /** Where a Maven repository has it, separated by {@code /}. */
    String repositoryPath() {
        return "ai/djl/pytorch/" + ARTIFACT + "/" + version + "/" + ARTIFACT + "-" + version + "-" + platform + ".jar";
    }

    /** The folder's name in the Deep Java Library's cache; of another date it serves as well. */
    String folderName() {
        return build + "-cpu-" + platform;
    }

    /** Whether a folder of the Deep Java Library's cache holds this version for this platform. */
    boolean isIn(Path folder) {
        String name = String.valueOf(folder.getFileName());
        return name.startsWith(version)
                && name.endsWith("-cpu-" + platform)
                && Files.isRegularFile(folder.resolve(NativeLibraries.LIBTORCH));
    }

    /**
     * Unpacks the libraries while it checks the digest, so that what is checked is what is used.
     *
     * @param jar the archive's bytes
     * @param folder an empty folder
     * @return the SHA-256 of the bytes; the libraries may be used only when it is {@link #sha256()}
     */
    String unpack(InputStream jar, Path folder) throws IOException {
        DigestInputStream bytes = new DigestInputStream(jar, newDigest());
        ZipInputStream entries = new ZipInputStream(bytes);
        long left = MOST_BYTES;
        for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            Optional<String> library = libraryName(entry.getName());
            if (library.isPresent()) {
                left -= write(entries, folder.resolve(library.get()), left);
            }
        }
        bytes.transferTo(OutputStream.nullOutputStream());
        return HexFormat.of().formatHex(bytes.getMessageDigest().digest());
    }

    private Optional<String> libraryName(String entry) {
        String prefix = "pytorch/cpu/" + platform + "/";
        if (!entry.startsWith(prefix)) {
            return Optional.empty();
        }
        String name = entry.substring(prefix.length());
        return name.isEmpty() || name.contains("/") || name.startsWith(".") ? Optional.empty() : Optional.of(name);
    }

    private static long write(InputStream in, Path file, long most) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long written = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                written += read;
                if (written > most) {
                    throw new IOException("it unpacks to more than " + (MOST_BYTES >> 20) + " MiB");
                }
                out.write(buffer, 0, read);
            }
        }
        return written;
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
