package io.jenkins.plugins.cascade.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * {@code manifest.json} of a checkpoint, written last: a folder without it, or whose files differ from it, is no checkpoint.
 *
 * @param schema {@link io.jenkins.plugins.cascade.recipe.StageSpec#SCHEMA}
 * @param contentKey the specification it belongs to
 * @param phase the phase it was taken in
 * @param step steps done in that phase
 * @param steps steps of that phase
 * @param phaseState what {@link Phase#state} returned
 * @param totals counters so far
 * @param lastMetrics the last value of every metric
 * @param eventBytes length of {@code events.jsonl} when it was taken; what a killed run wrote after that is dropped on resume
 * @param files relative path to digest of every other file of the checkpoint
 */
public record CheckpointManifest(
        int schema,
        String contentKey,
        String phase,
        int step,
        int steps,
        JsonNode phaseState,
        TrainingTotals totals,
        Map<String, Double> lastMetrics,
        long eventBytes,
        Map<String, String> files) {
    public CheckpointManifest {
        lastMetrics = Map.copyOf(lastMetrics);
        files = Map.copyOf(files);
    }

    CheckpointManifest withFiles(Map<String, String> digests) {
        return new CheckpointManifest(
                schema, contentKey, phase, step, steps, phaseState, totals, lastMetrics, eventBytes, digests);
    }
}
