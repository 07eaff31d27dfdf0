package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code session.json}: with it and the records another process can go on with the session of a build. Written at every change. */
final class SessionBook {
    static final String NAME = "session.json";

    private static final int MOST = 16 << 20;

    private final Path file;
    private Content content;

    /**
     * What is in the file.
     *
     * @param schema version of this format, {@link #SCHEMA}
     * @param run the tracker's id of the parent run
     * @param stages all stages that began
     */
    record Content(int schema, String run, List<StageEntry> stages) {
        static final int SCHEMA = 1;

        Content {
            stages = List.copyOf(stages);
            if (schema != SCHEMA || run == null) {
                throw new IllegalArgumentException("it has the schema " + schema + ", or no run");
            }
        }
    }

    private SessionBook(Path file, Content content) {
        this.file = file;
        this.content = content;
    }

    /**
     * Opens the book in a build's folder, or begins one.
     *
     * @throws StageException when it is there and is damaged, or cannot be written
     */
    static SessionBook open(Path folder) throws StageException {
        Path file = folder.resolve(NAME);
        Optional<Content> known = Reopening.read(file, MOST, Content.class);
        if (known.isPresent()) {
            return new SessionBook(file, known.get());
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw LocalOutput.failed(folder.toString(), e);
        }
        SessionBook book = new SessionBook(file, new Content(Content.SCHEMA, newRun(), List.of()));
        book.write(book.content);
        return book;
    }

    /** An id for a run that is not there yet, so that it can be written down before the run is started. */
    static String newRun() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** Whether there is a book in a build's folder. */
    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(NAME));
    }

    /** The tracker's id of the parent run. */
    synchronized String run() {
        return content.run();
    }

    synchronized List<StageEntry> stages() {
        return content.stages();
    }

    /** What is known of a stage. */
    synchronized Optional<StageEntry> stage(String name) {
        return content.stages().stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst();
    }

    /** Writes a stage down, in the place of what was known of it. */
    synchronized void put(StageEntry stage) throws StageException {
        List<StageEntry> stages = new ArrayList<>(content.stages());
        stages.removeIf(known -> known.name().equals(stage.name()));
        stages.add(stage);
        write(new Content(Content.SCHEMA, content.run(), stages));
    }

    /** Writes down that a stage was accepted, as the last of all so far. */
    synchronized void accept(AcceptedStage accepted) throws StageException {
        int last =
                content.stages().stream().mapToInt(StageEntry::accepted).max().orElse(0);
        StageEntry known = stage(accepted.name())
                .orElseThrow(() -> new IllegalStateException(accepted.name() + " was accepted and never began"));
        put(known.accepted(accepted, known.accepted() > 0 ? known.accepted() : last + 1));
    }

    private void write(Content next) throws StageException {
        LocalOutput.write(file, CanonicalJson.bytes(next));
        content = next;
    }
}
