package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.recipe.TrainerResult;
import io.jenkins.plugins.cascade.track.FoundRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks in MLflow for a stage that another machine trained under the same content key, and brings it into this machine's store. Whatever
 * is wrong, the stage is trained here instead, and the log says why: what was fetched is verified exactly as what was trained here.
 */
final class FetchedStage {
    private static final int SHOWN_DIGITS = 8;

    private final MlflowRuns runs;
    private final FetchedModels models;

    FetchedStage(MlflowRuns runs, FetchedModels models) {
        this.runs = runs;
        this.models = models;
    }

    /**
     * Looks, where nothing was found in the store.
     *
     * @param source what the store had: something to train
     * @param say takes what a person should know
     * @return what was fetched, or the source as it was
     */
    StageSource or(StageSource source, StageSpec spec, String key, Consumer<String> say) {
        if (!runs.there()
                || source.trained()
                || source.running()
                || Files.exists(source.directory().path())) {
            return source;
        }
        List<FoundRun> found;
        try {
            found = runs.accepted(key);
        } catch (StageException e) {
            say.accept("MLflow cannot be asked for a stage of the same content key, so it is trained here: "
                    + e.getMessage());
            return source;
        }
        List<String> reasons = new ArrayList<>();
        for (FoundRun run : found) {
            try {
                return fetched(run, spec, source.directory());
            } catch (StageException | IOException e) {
                reasons.add(UntrustedFile.printable(e.getMessage()));
            }
        }
        if (!reasons.isEmpty()) {
            say.accept(
                    "MLflow has an accepted stage of the same content key, but it cannot be taken, so it is trained here: "
                            + reasons.get(0));
        }
        return source;
    }

    private StageSource fetched(FoundRun run, StageSpec spec, StageDirectory directory)
            throws StageException, IOException {
        Path partial =
                directory.path().resolveSibling(".fetched-" + directory.path().getFileName());
        Files.createDirectories(partial);
        for (String name : List.of(StageFiles.RESULT, StageFiles.SCORES)) {
            if (name.equals(StageFiles.RESULT) || !spec.benchmarks().isEmpty()) {
                runs.fetch(run, name, partial.resolve(name));
            }
        }
        for (String name : List.of(StageFiles.EVENTS, StageFiles.ANSWERS)) {
            runs.fetchIfThere(run, name, partial.resolve(name));
        }
        StageDirectory here = new StageDirectory(partial);
        TrainerResult result = here.result().orElseThrow(() -> new StageException("its result is missing"));
        UntrustedFile.checkPlain(result.checkpoint());
        models.fetch(run.runId(), result.checkpointDigest(), partial.resolve(result.checkpoint()));
        FinishedTraining finished = FinishedTraining.read(here, spec);
        here.prepare(spec);
        Files.move(partial, directory.path());
        String why = "reused: fetched from MLflow, run "
                + run.runId().substring(0, Math.min(SHOWN_DIGITS, run.runId().length())) + " of "
                + UntrustedFile.printable(run.tag(MlflowRuns.CASCADE).orElse("another build")) + " #"
                + UntrustedFile.printable(run.tag("cascade.build").orElse("?"))
                + " has the same content key; verified by its digest";
        return new StageSource(directory, Optional.of(finished), false, why);
    }
}
