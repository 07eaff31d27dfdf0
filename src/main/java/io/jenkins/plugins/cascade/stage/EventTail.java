package io.jenkins.plugins.cascade.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.cascade.recipe.StageEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a growing {@code events.jsonl} from where it last stopped, a bounded piece at a time. Lines that are too long or not events are
 * left out and counted. A trainer that begins an attempt puts another file in its place, which is then read from its beginning.
 */
final class EventTail {
    /** Longest line, in bytes. */
    static final int LONGEST_LINE = 1 << 16;
    /** Bytes read at once, at most. */
    static final int PIECE = 1 << 18;

    private static final int MOST_METRICS = 200;
    private static final int LONGEST_METRIC = 128;

    private final Path file;
    private final Object stale;
    private Object current;
    private long offset;
    private long history = -1;
    private boolean historic;
    private boolean inLongLine;
    private int refused;
    private String firstRefusal = "";

    private EventTail(Path file, Object stale) {
        this.file = file;
        this.stale = stale;
    }

    /** The events of an attempt that goes on already, from its first on. */
    static EventTail of(Path file) {
        return new EventTail(file, null);
    }

    /**
     * The events after the first bytes of a file.
     *
     * @param offset where a line begins
     * @throws StageException when the file is there and cannot be looked at
     */
    static EventTail from(Path file, long offset) throws StageException {
        EventTail tail = new EventTail(file, null);
        tail.current = identity(file);
        tail.offset = offset;
        return tail;
    }

    /**
     * The events of an attempt that is about to begin. A file that is there now belongs to an earlier one and is not read.
     *
     * @throws StageException when it is there and cannot be looked at
     */
    static EventTail ofNextAttempt(Path file) throws StageException {
        return new EventTail(file, identity(file));
    }

    /**
     * The events that were appended since the last call; empty when there are none, which is not the end.
     *
     * @throws StageException when the file is there and cannot be read
     */
    List<StageEvent> next() throws StageException {
        Object before = identity(file);
        if (before == null || before.equals(stale)) {
            return List.of();
        }
        if (!before.equals(current)) {
            current = before;
            offset = 0;
            history = -1;
            inLongLine = false;
        }
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            if (history < 0) {
                history = channel.size();
            }
            historic = offset < history;
            ByteBuffer piece = ByteBuffer.allocate((int) Math.max(0, Math.min(PIECE, channel.size() - offset)));
            channel.position(offset);
            while (piece.hasRemaining() && channel.read(piece) >= 0) {
                // A read may return fewer bytes than there are.
            }
            // Replaced in between: what was read may be of the other file, and the next call begins with that one.
            return before.equals(identity(file)) ? events(piece.array(), piece.position()) : List.of();
        } catch (NoSuchFileException gone) {
            return List.of();
        } catch (IOException e) {
            throw new StageException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** What tells this file from another of the same name; null where there is none. */
    private static Object identity(Path file) throws StageException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            // Where the file system has no keys the time of creation has to do.
            return attributes.fileKey() == null ? attributes.creationTime() : attributes.fileKey();
        } catch (NoSuchFileException notYet) {
            return null;
        } catch (IOException e) {
            throw new StageException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private List<StageEvent> events(byte[] piece, int length) {
        List<StageEvent> events = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < length; i++) {
            if (piece[i] == '\n') {
                take(piece, from, i - from, events);
                from = i + 1;
            }
        }
        if (length - from > LONGEST_LINE) {
            inLongLine = true;
            from = length;
        }
        offset += from;
        return events;
    }

    private void take(byte[] piece, int from, int length, List<StageEvent> events) {
        if (inLongLine || length > LONGEST_LINE) {
            inLongLine = false;
            refuse("a line is longer than " + LONGEST_LINE + " bytes");
            return;
        }
        try {
            events.add(checked(UntrustedFile.line(piece, from, length, StageEvent.class)));
        } catch (JsonProcessingException e) {
            refuse(UntrustedFile.reason(e));
        } catch (IOException | IllegalArgumentException e) {
            refuse(UntrustedFile.printable(e.getMessage()));
        }
    }

    private static StageEvent checked(StageEvent event) {
        if (event == null || event.kind() == null || event.phase() == null) {
            throw new IllegalArgumentException("an event has no kind or no phase");
        }
        boolean counted = event.step() >= 0 && event.totalSteps() >= 0 && event.timeMillis() >= 0;
        boolean finite = event.metrics().entrySet().stream()
                .allMatch(m -> m.getKey().length() <= LONGEST_METRIC && Double.isFinite(m.getValue()));
        if (!counted || !finite || event.metrics().size() > MOST_METRICS) {
            throw new IllegalArgumentException(
                    "an event has a negative number, too many metrics or one that is not finite");
        }
        return new StageEvent(
                event.kind(),
                UntrustedFile.printable(event.phase()),
                event.step(),
                event.totalSteps(),
                event.timeMillis(),
                event.metrics(),
                UntrustedFile.printable(event.message()));
    }

    private void refuse(String why) {
        if (refused++ == 0) {
            firstRefusal = why;
        }
    }

    /** Whether the last events were in the file, all or in part, when it was first seen. */
    boolean historic() {
        return historic;
    }

    /** Tells up to where the file is of a time when nobody followed, in bytes, where that is not what is there at first sight. */
    void historyEndsAt(long end) {
        history = end;
    }

    /** Up to where lines were taken, in bytes. */
    long offset() {
        return offset;
    }

    /** Lines that were left out. */
    int refused() {
        return refused;
    }

    /** Why the first of them was. */
    String firstRefusal() {
        return firstRefusal;
    }
}
