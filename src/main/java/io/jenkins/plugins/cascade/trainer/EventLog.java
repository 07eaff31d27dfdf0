package io.jenkins.plugins.cascade.trainer;

import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.StageEvent;
import io.jenkins.plugins.cascade.train.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** {@code events.jsonl}: one event a line, appended; cut back once, on resume, to what the checkpoint knows of. */
final class EventLog implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    /**
     * Opens the file and drops what lies behind the given length.
     *
     * @param keep bytes to keep, 0 to begin anew
     */
    EventLog(Path file, long keep) throws IOException {
        this.file = file;
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean ready = false;
        try {
            if (channel.size() > keep) {
                channel.truncate(keep);
            }
            channel.position(channel.size());
            ready = true;
        } finally {
            if (!ready) {
                channel.close();
            }
        }
    }

    /** Appends one line. */
    void append(StageEvent event) {
        byte[] json = CanonicalJson.bytes(event);
        ByteBuffer line = ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
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
