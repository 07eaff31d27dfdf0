package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.StageEvent;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * The controller's copy of a growing {@code events.jsonl} on an agent: pieces are appended, a file that took the old one's place there
 * takes the copy's place here. What it must know beside the copy is in {@code mirror.json}, so that another process can go on with it:
 * nothing is fetched twice, and nothing is handed on twice but what the last process had in hand when it died.
 */
final class EventMirror {
    private static final String STATE = "mirror.json";
    private static final int MOST_STATE = 1 << 16;
    private static final int MOST_REPLACED = 16;
    private static final long MOST_BYTES = 1L << 29;

    private final Path file;
    private final Path stateFile;
    private State state;
    private EventTail tail;
    private boolean sizeSeen;

    /**
     * What is known of the copy.
     *
     * @param attempt the order that was being followed
     * @param identity identity of the agent's file, see {@link StageSite.Piece}; null before it was seen
     * @param replaced how often the agent's file was replaced in that attempt
     * @param taken bytes whose events were handed on
     */
    record State(String attempt, String identity, int replaced, long taken) {}

    private EventMirror(Path folder, State state) throws StageException {
        this.file = folder.resolve(StageFiles.EVENTS);
        this.stateFile = folder.resolve(STATE);
        this.state = state;
        this.tail = EventTail.from(file, state.taken());
    }

    /**
     * Goes on with the copy in a folder, or begins one.
     *
     * @throws StageException when it is damaged
     */
    static EventMirror open(Path folder, String attempt) throws StageException {
        State known = UntrustedFile.read(folder.resolve(STATE), MOST_STATE, State.class)
                .orElseGet(() -> new State(attempt, null, 0, 0));
        boolean same = attempt.equals(known.attempt());
        return new EventMirror(folder, same ? known : new State(attempt, known.identity(), 0, known.taken()));
    }

    /** Which attempt a folder's copy is of; empty where there is none. */
    static boolean isOf(Path folder, String attempt) throws StageException {
        return UntrustedFile.read(folder.resolve(STATE), MOST_STATE, State.class)
                .map(known -> attempt.equals(known.attempt()))
                .orElse(false);
    }

    /** The piece that comes next. */
    StageSite.Want want(String path) throws StageException {
        return new StageSite.Want(path, state.identity(), state.identity() == null ? 0 : length(), EventTail.PIECE);
    }

    /**
     * Takes what came.
     *
     * @return whether it was something new
     * @throws StageException when the file is replaced again and again, becomes shorter, or grows beyond 512 MiB
     */
    boolean take(StageSite.Piece piece) throws StageException {
        if (piece.identity() == null) {
            return false;
        }
        if (!piece.identity().equals(state.identity())) {
            begin(piece);
        } else if (!sizeSeen) {
            tail.historyEndsAt(piece.size());
        }
        sizeSeen = true;
        long length = length();
        if (piece.size() < length) {
            throw new StageException(
                    piece.path() + " on the agent became shorter, from " + length + " to " + piece.size() + " bytes");
        }
        if (length + piece.bytes().length > MOST_BYTES) {
            throw new StageException(piece.path() + " on the agent is larger than " + MOST_BYTES + " bytes");
        }
        append(piece.bytes());
        return piece.bytes().length > 0;
    }

    private void begin(StageSite.Piece piece) throws StageException {
        int replaced = state.replaced() + (state.identity() == null ? 0 : 1);
        if (replaced > MOST_REPLACED) {
            throw new StageException(
                    piece.path() + " on the agent was replaced more than " + MOST_REPLACED + " times in one attempt");
        }
        LocalOutput.write(file, new byte[0]);
        save(new State(state.attempt(), piece.identity(), replaced, 0));
        tail = EventTail.from(file, 0);
        tail.historyEndsAt(piece.size());
    }

    private void append(byte[] bytes) throws StageException {
        if (bytes.length == 0) {
            return;
        }
        try {
            Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw LocalOutput.failed(file.toString(), e);
        }
    }

    private long length() throws StageException {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new StageException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The events that came and were not handed on yet, a part of them where they are many. */
    List<StageEvent> next() throws StageException {
        return tail.next();
    }

    /** Whether the last of them were reported before anybody followed from here. */
    boolean historic() {
        return tail.historic();
    }

    /** Remembers that the last events were handed on. */
    void handedOn() throws StageException {
        save(new State(state.attempt(), state.identity(), state.replaced(), tail.offset()));
    }

    private void save(State next) throws StageException {
        state = next;
        LocalOutput.write(stateFile, CanonicalJson.bytes(state));
    }

    /** A sentence about lines that were left out. */
    Optional<String> refused() {
        return tail.refused() == 0
                ? Optional.empty()
                : Optional.of("warning: " + tail.refused() + " lines of events.jsonl were left out; the first because "
                        + tail.firstRefusal());
    }
}
