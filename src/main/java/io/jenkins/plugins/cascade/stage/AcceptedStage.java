package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.BenchmarkScores;
import io.jenkins.plugins.cascade.gate.Gate;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.report.StageRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A finished stage of this build that later ones may build on.
 *
 * @param record its record
 * @param spec what it ran
 * @param directory its directory
 * @param checkpoint its finished model
 * @param scores its scores by benchmark
 * @param gates what is asked of the benchmarks from here on, unless a later stage asks for something else
 */
record AcceptedStage(
        StageRecord record,
        StageSpec spec,
        StageDirectory directory,
        Path checkpoint,
        Map<String, BenchmarkScores> scores,
        List<Gate> gates) {
    AcceptedStage {
        scores = Map.copyOf(scores);
        gates = List.copyOf(gates);
    }

    String name() {
        return record.name();
    }
}
