package io.jenkins.plugins.cascade.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Reads and writes {@code cascade.json}. Writing goes to a temporary name and renames, so a reader sees all of it or what was before. */
public final class CascadeFile {
    /** The file's name. */
    public static final String NAME = "cascade.json";
    /** Largest file that is read or written, in bytes. */
    public static final int MAX_BYTES = 16 << 20;

    private CascadeFile() {}

    /**
     * Reads a record.
     *
     * @throws IOException when the file is missing, larger than {@link #MAX_BYTES}, not JSON, or not a record of this schema; the message
     *     names the file and the reason
     */
    public static CascadeRecord read(Path file) throws IOException {
        return read(file, file.toString());
    }

    /**
     * Reads a record for somebody who need not know where it lies.
     *
     * @param name what the messages call the file
     * @throws IOException as {@link #read(Path)} does, in these words
     */
    public static CascadeRecord read(Path file, String name) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new IOException(name + " does not exist", e);
        } catch (FileSystemException e) {
            throw new IOException(name + " cannot be opened", e);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IOException(name + " is larger than " + MAX_BYTES + " bytes and is not read");
        }
        try {
            CascadeRecord read = CanonicalJson.MAPPER.readValue(bytes, CascadeRecord.class);
            if (read == null) {
                throw new IOException(name + " is not a cascade's record: it holds null");
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new IOException(name + " " + reason(bytes, e), e);
        }
    }

    /** A record of a later version may hold anything: that it is one is all there is to say. */
    private static String reason(byte[] bytes, JsonProcessingException e) {
        int schema = schema(bytes);
        return schema > CascadeRecord.SCHEMA
                ? "was written by a later version of the plugin (schema " + schema + ", this version reads "
                        + CascadeRecord.SCHEMA + "): update the plugin to see it"
                : "is not a cascade's record: " + e.getOriginalMessage();
    }

    private static int schema(byte[] bytes) {
        try {
            JsonNode tree = CanonicalJson.MAPPER.readTree(bytes);
            return tree == null ? 0 : tree.path("schema").asInt(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * Writes a record, indented for people.
     *
     * @throws IOException when it cannot be written, or would be larger than {@link #MAX_BYTES}
     */
    public static void write(CascadeRecord cascade, Path file) throws IOException {
        byte[] bytes = CanonicalJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(cascade);
        if (bytes.length > MAX_BYTES) {
            throw new IOException("The record would be larger than " + MAX_BYTES + " bytes: " + file);
        }
        replace(file, bytes);
    }

    /** Writes under a temporary name in the same directory and renames. */
    static void replace(Path file, byte[] bytes) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException(file + " is no name for a file");
        }
        Files.createDirectories(directory);
        Path temporary = directory.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.write(temporary, bytes);
            move(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
