package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.BenchmarkScores;
import io.jenkins.plugins.cascade.gate.Gate;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.report.StageRecord;
import java.util.List;
import java.util.Map;

/**
 * A finished stage of this build that later ones may build on.
 *
 * @param record its record; the checkpoint in it is relative to the store
 * @param spec what it ran
 * @param store absolute path of the stage store on the machine where it ran
 * @param files the files of its benchmarks as steps named them, in the order of the specification
 * @param scores its scores by benchmark
 * @param gates what is asked of the benchmarks from here on, unless a later stage asks for something else
 */
record AcceptedStage(
        StageRecord record,
        StageSpec spec,
        String store,
        List<String> files,
        Map<String, BenchmarkScores> scores,
        List<Gate> gates) {
    AcceptedStage {
        files = List.copyOf(files);
        scores = Map.copyOf(scores);
        gates = List.copyOf(gates);
    }

    String name() {
        return record.name();
    }

    /** What a stage that builds on it is told, here or on another machine. */
    ParentStage asParent() {
        return new ParentStage(
                name(), record.checkpoint(), record.checkpointDigest(), store, spec.benchmarks(), files, gates);
    }
}
