package io.jenkins.plugins.cascade.track;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Reads whole lines of a journal from a byte offset; a line still being written is left for the next call. */
final class JournalReader {
    private static final int CHUNK_BYTES = 1 << 18;

    private final Path journal;

    JournalReader(Path journal) {
        this.journal = journal;
    }

    /**
     * Some lines.
     *
     * @param entries in the order of the file
     * @param end offset after the last line read; equal to the offset asked for where no whole line was there
     * @param unreadable why lines were skipped, each with its offset
     */
    record Lines(List<JournalEntry> entries, long end, List<String> unreadable) {}

    /** Reads about a quarter of a megabyte of lines. */
    Lines read(long offset) throws IOException {
        byte[] chunk = bytes(offset, CHUNK_BYTES);
        if (chunk.length == CHUNK_BYTES && lastNewline(chunk) < 0) {
            chunk = bytes(offset, JournalFormat.MAX_LINE_BYTES);
        }
        int length = lastNewline(chunk) + 1;
        if (length == 0 && chunk.length == JournalFormat.MAX_LINE_BYTES) {
            throw new IOException(journal + " has a line of more than " + JournalFormat.MAX_LINE_BYTES
                    + " bytes at byte " + offset + "; it is not a journal of this program, or it is damaged.");
        }
        List<JournalEntry> entries = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (int start = 0; start < length; ) {
            int end = newline(chunk, start);
            try {
                entries.add(JournalFormat.entry(chunk, start, end - start));
            } catch (JsonProcessingException e) {
                unreadable.add(journal + ": the line at byte " + (offset + start)
                        + " is not an entry of a journal and was left out (" + e.getOriginalMessage() + ").");
            }
            start = end + 1;
        }
        return new Lines(List.copyOf(entries), offset + length, List.copyOf(unreadable));
    }

    private byte[] bytes(long offset, int limit) throws IOException {
        try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.READ)) {
            long left = Math.max(0, channel.size() - offset);
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(limit, left));
            while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {
                // one read may return fewer bytes than there are
            }
            byte[] bytes = new byte[buffer.position()];
            buffer.flip().get(bytes);
            return bytes;
        }
    }

    private static int lastNewline(byte[] bytes) {
        int at = bytes.length - 1;
        while (at >= 0 && bytes[at] != '\n') {
            at--;
        }
        return at;
    }

    private static int newline(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] != '\n') {
            at++;
        }
        return at;
    }
}
