package io.jenkins.plugins.cascade.trainer;

import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.StageEvent;
import io.jenkins.plugins.cascade.train.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * {@code events.jsonl}: one event a line, appended. An attempt begins with a file of its own that holds what the checkpoint knows of, so that
 * no step is reported twice and a follower can tell that lines it has read are gone.
 */
final class EventLog implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    /**
     * Begins an attempt.
     *
     * @param keep bytes of an earlier attempt's file to keep, 0 to begin anew
     */
    EventLog(Path file, long keep) throws IOException {
        this.file = file;
        DurableFiles.replaceFile(file, kept(file, keep));
        channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    private static byte[] kept(Path file, long keep) throws IOException {
        if (keep == 0 || !Files.exists(file)) {
            return new byte[0];
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(Math.toIntExact(keep));
        }
    }

    /** Appends one line. */
    void append(StageEvent event) {
        byte[] json = CanonicalJson.bytes(event);
        ByteBuffer line =
                ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
        DurableFiles.guarded(file, () -> {
            while (line.hasRemaining()) {
                channel.write(line);
            }
        });
    }

    /** Length in bytes, after everything appended is safely on disk. */
    long sync() {
        long[] size = new long[1];
        DurableFiles.guarded(file, () -> {
            channel.force(true);
            size[0] = channel.size();
        });
        return size[0];
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
