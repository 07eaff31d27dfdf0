package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The controller's copy of the files of one stage, in a folder of the same layout as the stage's directory on the agent, so that the same
 * readers read it. Nothing is written outside that folder, and nothing is larger than its cap.
 */
final class RemoteCopy {
    private static final int MOST_STATUS = 1 << 16;
    private static final int MOST_RESULT = 1 << 20;
    private static final int MOST_ANSWERS = 4 << 20;
    // A controller holds the scores in memory at several times the size of their text; a million answers take less than
    // this.
    private static final long MOST_SCORES = 1L << 26;

    private final StageDirectory directory;
    private final String remote;
    private final EventMirror events;
    private byte[] status = new byte[0];

    private RemoteCopy(StageDirectory directory, String remote, EventMirror events) {
        this.directory = directory;
        this.remote = remote;
        this.events = events;
    }

    /**
     * Begins the copy, or goes on with it. What another attempt left in the folder is removed, except its events, which the next attempt
     * may go on with.
     *
     * @param folder where the copy goes
     * @param remote the stage's directory on the agent, relative to the site's folder
     * @throws StageException when the folder cannot be written
     */
    static RemoteCopy open(Path folder, String remote, String attempt, StageSpec spec) throws StageException {
        try {
            Files.createDirectories(folder);
            if (!EventMirror.isOf(folder, attempt)) {
                for (String name :
                        List.of(StageFiles.STATUS, StageFiles.RESULT, StageFiles.SCORES, StageFiles.ANSWERS)) {
                    Files.deleteIfExists(folder.resolve(name));
                }
            }
        } catch (IOException e) {
            throw LocalOutput.failed(folder.toString(), e);
        }
        LocalOutput.write(folder.resolve(StageFiles.SPEC), CanonicalJson.bytes(spec));
        return new RemoteCopy(new StageDirectory(folder), remote, EventMirror.open(folder, attempt));
    }

    StageDirectory directory() {
        return directory;
    }

    EventMirror events() {
        return events;
    }

    /**
     * One round trip for status and events.
     *
     * @param lease what is touched there
     * @return whether something new came
     */
    boolean round(StageSite site, String lease) throws IOException, InterruptedException, StageException {
        StageSite.Want statusWant = new StageSite.Want(path(StageFiles.STATUS), null, 0, MOST_STATUS);
        StageSite.Want eventsWant = events.want(path(StageFiles.EVENTS));
        List<StageSite.Piece> pieces = site.fetch(List.of(statusWant, eventsWant), lease);
        if (pieces.size() != 2) {
            throw new StageException("The agent answered with " + pieces.size() + " pieces where two were asked for");
        }
        boolean moved = takeStatus(RemoteFiles.checked(statusWant, pieces.get(0)));
        boolean came = events.take(RemoteFiles.checked(eventsWant, pieces.get(1)));
        return moved || came;
    }

    private boolean takeStatus(StageSite.Piece piece) throws StageException {
        if (piece.size() > MOST_STATUS) {
            throw new StageException(piece.path() + " on the agent is larger than " + MOST_STATUS + " bytes");
        }
        if (piece.identity() == null || Arrays.equals(status, piece.bytes())) {
            return false;
        }
        status = piece.bytes();
        LocalOutput.write(directory.path().resolve(StageFiles.STATUS), status);
        return true;
    }

    /** Copies the result, where there is one. */
    void fetchResult(StageSite site) throws IOException, InterruptedException, StageException {
        copy(site, StageFiles.RESULT, MOST_RESULT);
    }

    /**
     * Copies scores and answers.
     *
     * @return what a person should know of answers that were too many
     */
    Optional<String> fetchScores(StageSite site) throws IOException, InterruptedException, StageException {
        copy(site, StageFiles.SCORES, MOST_SCORES);
        return fetchAnswers(site);
    }

    private void copy(StageSite site, String name, long most) throws IOException, InterruptedException, StageException {
        new RemoteFiles(site).copy(path(name), most, directory.path().resolve(name));
    }

    /** Answers are for reading only: where there are too many the first are kept. */
    private Optional<String> fetchAnswers(StageSite site) throws IOException, InterruptedException, StageException {
        Optional<RemoteFiles.Head> head = new RemoteFiles(site).head(path(StageFiles.ANSWERS), MOST_ANSWERS);
        if (head.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = head.get().bytes();
        if (head.get().whole()) {
            LocalOutput.write(directory.path().resolve(StageFiles.ANSWERS), bytes);
            return Optional.empty();
        }
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        LocalOutput.write(directory.path().resolve(StageFiles.ANSWERS), Arrays.copyOf(bytes, end));
        return Optional.of("of the answers only the first " + MOST_ANSWERS + " bytes are kept here");
    }

    private String path(String name) {
        return remote + "/" + name;
    }
}
