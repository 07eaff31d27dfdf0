package io.jenkins.plugins.cascade.report;

import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads a file of JSON lines that a trainer wrote, and trusts nothing of it: lines, bytes and the length of a line are capped, every line is
 * parsed strictly, and what could not be read is counted.
 *
 * @param maxBytes bytes that are read at most
 * @param maxLineBytes longest line that is parsed
 */
record JsonLines(long maxBytes, int maxLineBytes) {
    /**
     * What was left out.
     *
     * @param unreadable lines that are not JSON of the expected shape, or too long
     * @param cut whether the file goes on beyond the cap
     */
    record Left(int unreadable, boolean cut) {
        static final Left NOTHING = new Left(0, false);
    }

    /**
     * Reads a file inside a folder; a missing one is empty.
     *
     * @param sink takes each line's value; its {@link IllegalArgumentException} makes the line count as unreadable
     * @param growing whether a last line without an end may still be being written and is not counted
     * @throws IOException when the file cannot be read, is no regular file, or leads out of the folder through a link
     */
    <T> Left read(Path folder, String relative, ObjectReader reader, boolean growing, Consumer<T> sink)
            throws IOException {
        Path file = folder.resolve(relative);
        if (!Files.exists(file)) {
            return Left.NOTHING;
        }
        boolean inside = file.toRealPath().startsWith(folder.toRealPath());
        if (!inside || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + " is not a regular file inside the workspace and is not read");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return lines(in, reader, growing, sink);
        }
    }

    private <T> Left lines(InputStream in, ObjectReader reader, boolean growing, Consumer<T> sink) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int unreadable = 0;
        boolean tooLong = false;
        for (long read = 0; read < maxBytes; read++) {
            int next = in.read();
            boolean ends = next < 0 || next == '\n';
            if (ends && (tooLong || !accept(line.toByteArray(), reader, sink))) {
                unreadable += next < 0 && growing ? 0 : 1;
            }
            if (next < 0) {
                return new Left(unreadable, false);
            }
            if (ends) {
                line.reset();
                tooLong = false;
            } else if (line.size() < maxLineBytes) {
                line.write(next);
            } else {
                tooLong = true;
            }
        }
        return new Left(unreadable, in.read() >= 0);
    }

    private static <T> boolean accept(byte[] line, ObjectReader reader, Consumer<T> sink) {
        if (line.length == 0) {
            return true;
        }
        try {
            T value = reader.readValue(line);
            if (value == null) {
                return false;
            }
            sink.accept(value);
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
