package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.BenchmarkScores;
import io.jenkins.plugins.cascade.gate.ScoreFile;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.report.CascadeFile;
import io.jenkins.plugins.cascade.report.CascadeRecord;
import io.jenkins.plugins.cascade.report.StageRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what an earlier process left of a build's session. */
final class Reopening {
    private final Path folder;

    /** Of the session whose records are in that folder. */
    Reopening(Path folder) {
        this.folder = folder;
    }

    /**
     * The record of the build; empty where none was written yet.
     *
     * @throws StageException when it is there and is damaged, or what belongs to it is missing
     */
    Optional<CascadeRecord> record() throws StageException {
        Path file = folder.resolve(CascadeFile.NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (!SessionBook.isIn(folder)) {
            throw damaged(folder.resolve(SessionBook.NAME) + " is missing");
        }
        try {
            return Optional.of(CascadeFile.read(file));
        } catch (IOException e) {
            throw damaged(UntrustedFile.printable(e.getMessage()));
        }
    }

    /**
     * The accepted stages in the order in which they were.
     *
     * @throws StageException when files of one of them are missing or damaged
     */
    List<AcceptedStage> accepted(CascadeRecord record, SessionBook book) throws StageException {
        List<StageEntry> entries = book.stages().stream()
                .filter(entry -> entry.accepted() > 0)
                .sorted(Comparator.comparingInt(StageEntry::accepted))
                .toList();
        List<AcceptedStage> accepted = new ArrayList<>();
        for (StageEntry entry : entries) {
            Optional<StageRecord> stage = record.stage(entry.name()).filter(Reopening::goesOn);
            if (stage.isPresent()) {
                accepted.add(accepted(entry, stage.get()));
            }
        }
        return accepted;
    }

    /** A stage whose book says accepted and whose record does not is judged again: the process died between the two. */
    private static boolean goesOn(StageRecord stage) {
        return stage.status() == StageRecord.Status.ACCEPTED || stage.status() == StageRecord.Status.UNSTABLE;
    }

    private AcceptedStage accepted(StageEntry entry, StageRecord record) throws StageException {
        if (record.directory() == null || record.checkpoint() == null || record.checkpointDigest() == null) {
            throw damaged("the record of '" + entry.name() + "' lacks its directory or its checkpoint");
        }
        StageDirectory copy = new StageDirectory(folder.resolve(record.directory()));
        StageSpec spec = copy.spec()
                .orElseThrow(() -> damaged(copy.path().resolve(StageFiles.SPEC) + " is missing or cannot be read"));
        return new AcceptedStage(record, spec, entry.store(), entry.files(), scores(copy, spec), entry.gates());
    }

    private static Map<String, BenchmarkScores> scores(StageDirectory copy, StageSpec spec) throws StageException {
        if (spec.benchmarks().isEmpty()) {
            return Map.of();
        }
        try {
            return ScoreFile.read(copy.path().resolve(StageFiles.SCORES));
        } catch (IOException e) {
            throw damaged(UntrustedFile.printable(e.getMessage()));
        }
    }

    /**
     * Reads a file of the session; empty when there is none.
     *
     * @throws StageException when it is damaged
     */
    static <T> Optional<T> read(Path file, int most, Class<T> type) throws StageException {
        try {
            return UntrustedFile.read(file, most, type);
        } catch (StageException e) {
            throw damaged(e.getMessage());
        }
    }

    static StageException damaged(String what) {
        return new StageException("The record of this build is damaged and cannot be gone on with: "
                + what.replaceFirst("\\.$", "") + "; restore the file, or start a new build");
    }
}
