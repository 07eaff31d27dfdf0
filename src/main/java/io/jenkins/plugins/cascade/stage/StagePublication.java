package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.Debt;
import io.jenkins.plugins.cascade.gate.FrozenDebt;
import io.jenkins.plugins.cascade.gate.Gate;
import io.jenkins.plugins.cascade.gate.ScoreFile;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.report.StageRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The small files that a later build needs of a judged stage: its record, its scores, the scores behind its trade-offs, its lineage. They
 * are gathered in the build's folder, and from there they go to the stage's run in MLflow.
 */
final class StagePublication {
    /** Folder in the build's folder, with one folder a stage. */
    static final String FOLDER = "published";

    /** Events and answers of more bytes stay where they are; they are for people, and a later build needs none of them. */
    private static final int MOST_SIDE = 4 << 20;

    private final CascadeOptions options;
    private final AcceptedStage parent;

    /**
     * For one stage.
     *
     * @param parent the stage that it builds on, or null
     */
    StagePublication(CascadeOptions options, AcceptedStage parent) {
        this.options = options;
        this.parent = parent;
    }

    /**
     * Gathers the files.
     *
     * @param gates what is asked of the benchmarks from here on
     * @return the folder
     * @throws IOException when they cannot be written
     */
    Path write(StageSpec spec, StageRecord ended, StageAccount.Place place, List<Gate> gates) throws IOException {
        Path folder = folder(ended.name());
        Files.createDirectories(folder);
        Path files = options.workspace().resolve(place.files());
        for (String name : List.of(StageFiles.SCORES, StageFiles.RESULT, StageFiles.EVENTS, StageFiles.ANSWERS)) {
            Path file = files.resolve(name);
            boolean small = name.equals(StageFiles.SCORES) || Files.exists(file) && Files.size(file) <= MOST_SIDE;
            if (Files.isRegularFile(file) && small) {
                RenamedFile.write(folder.resolve(name), Files.readAllBytes(file));
            }
        }
        writeDebts(ended, folder);
        RenamedFile.write(folder.resolve(PublishedStage.LINEAGE), CanonicalJson.bytes(lineage(spec, ended, place)));
        RenamedFile.write(
                folder.resolve(PublishedStage.STAGE), new PublishedStage(PublishedStage.SCHEMA, ended, gates).bytes());
        return folder;
    }

    private Path folder(String stage) {
        return options.buildDirectory().resolve(FOLDER).resolve(stage);
    }

    private void writeDebts(StageRecord ended, Path folder) throws IOException {
        List<Debt> debts = ended.gate() == null ? List.of() : ended.gate().debts();
        for (int i = 0; i < debts.size(); i++) {
            FrozenDebt frozen = Debts.frozen(debts.get(i), options.workspace());
            if (frozen.baseline() != null) {
                Path file = folder.resolve(PublishedStage.debt(i));
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                ScoreFile.write(file, List.of(frozen.baseline()));
            }
        }
    }

    /** The lineage; where the checkpoint is on this machine it is written into its folder too. */
    private Lineage lineage(StageSpec spec, StageRecord ended, StageAccount.Place place) throws IOException {
        Generation now = Generation.trained(spec, ended.checkpointDigest(), options.origin())
                .judged(ended);
        Path store = Path.of(place.store());
        if (store.equals(options.workspace())) {
            return LineageFile.write(spec, now, store.resolve(ended.checkpoint()), parent != null);
        }
        return before(spec)
                .map(lineage -> lineage.followedBy(now))
                .orElseGet(() -> LineageFile.first(spec, now, parent == null));
    }

    private Optional<Lineage> before(StageSpec spec) {
        if (parent == null) {
            return Optional.empty();
        }
        try {
            return UntrustedFile.read(
                            folder(parent.name()).resolve(PublishedStage.LINEAGE), PublishedStage.MOST, Lineage.class)
                    .filter(lineage -> lineage.last()
                            .checkpointDigest()
                            .equals(spec.model().digest()));
        } catch (StageException unreadable) {
            // The lineage then begins here and says that what was before is not written down.
            return Optional.empty();
        }
    }
}
