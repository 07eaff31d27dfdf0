package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.TrainerResult;
import io.jenkins.plugins.cascade.track.TrackingEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The lineage of a checkpoint that a person names.
 *
 * @param lineage where it comes from
 * @param place where that was read
 * @param weights whether the weights there are those that it describes
 */
public record FoundLineage(Lineage lineage, String place, Weights weights) {

    /** What a comparison of the weights with the lineage's digest came to. */
    public enum Weights {
        /** They are those. */
        THOSE,
        /** They are others: somebody changed the folder. */
        OTHERS,
        /** They are not on this machine. */
        ELSEWHERE;

        /** The word in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Finds it.
     *
     * @param checkpoint a model's folder, a stage's directory, {@code models:/name@alias}, {@code models:/name/version}, {@code runs:/id}, or
     *     a run's id
     * @param environment says where MLflow is
     * @throws StageException with one sentence when there is no such thing, or it has no lineage
     */
    public static FoundLineage of(String checkpoint, TrackingEnvironment environment)
            throws StageException, InterruptedException {
        if (!Files.exists(Path.of(checkpoint)) && MlflowReference.is(checkpoint)) {
            MlflowRuns runs = MlflowRuns.of(environment, null);
            return new FoundLineage(
                    runs.lineage(runs.stage(MlflowReference.parse(checkpoint))), checkpoint, Weights.ELSEWHERE);
        }
        Path folder = folder(Path.of(checkpoint));
        Lineage lineage = LineageFile.read(folder)
                .orElseThrow(() -> new StageException("There is no " + LineageFile.NAME + " in " + folder
                        + ": the model was not made by a stage, or only its visible files were copied"));
        return new FoundLineage(
                lineage, folder.toString(), LineageFile.describes(lineage, folder) ? Weights.THOSE : Weights.OTHERS);
    }

    private static Path folder(Path named) throws StageException {
        if (!Files.isDirectory(named)) {
            throw new StageException("There is no folder " + named + "; name a model's folder, a stage's directory,"
                    + " models:/NAME@ALIAS, models:/NAME/VERSION or runs:/ID");
        }
        if (!Files.exists(named.resolve(StageFiles.RESULT))) {
            return named;
        }
        StageDirectory stage = new StageDirectory(named);
        TrainerResult result =
                stage.result().orElseThrow(() -> new StageException("The stage in " + named + " has no checkpoint"));
        return UntrustedFile.folder(named, result.checkpoint());
    }

    /** One sentence about the weights. */
    public String sentence() {
        return switch (weights) {
            case THOSE ->
                "The weights in " + place + " are those of the lineage: their digest was computed and is the same.";
            case OTHERS ->
                "The weights in " + place + " are NOT those of the lineage: they were changed after "
                        + lineage.last().checkpointDigest() + " was written.";
            case ELSEWHERE -> "The lineage was read from MLflow; the weights were not looked at.";
        };
    }
}
