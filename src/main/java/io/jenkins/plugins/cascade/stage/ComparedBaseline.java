package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.BenchmarkScores;
import java.util.Map;

/**
 * A baseline whose scores are at hand.
 *
 * @param name who it is, for people
 * @param reference folder of its score file, relative to the options' workspace
 * @param scores its scores by benchmark
 * @param stage the stage of this build that it is; null for a file or an earlier build
 */
record ComparedBaseline(String name, String reference, Map<String, BenchmarkScores> scores, AcceptedStage stage) {
    ComparedBaseline {
        scores = Map.copyOf(scores);
    }

    static ComparedBaseline of(AcceptedStage stage) {
        return new ComparedBaseline(stage.name(), stage.record().directory(), stage.scores(), stage);
    }

    /** Whether it can be evaluated again, with more samples. */
    boolean isStage() {
        return stage != null;
    }
}
