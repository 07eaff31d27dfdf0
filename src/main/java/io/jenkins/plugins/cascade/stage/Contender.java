package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.Baseline;
import io.jenkins.plugins.cascade.gate.BenchmarkScores;
import io.jenkins.plugins.cascade.gate.FrozenDebt;
import io.jenkins.plugins.cascade.gate.Gate;
import io.jenkins.plugins.cascade.report.StageRecord;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One side of a comparison: a stage of this build, a stage of an earlier one, or a score file.
 *
 * @param name under which it can be found again
 * @param scores its scores by benchmark, in the order in which they are shown
 * @param gates what is asked of its benchmarks; none of a file
 * @param debts trade-offs that it carries; none of a file
 */
record Contender(String name, Map<String, BenchmarkScores> scores, List<Gate> gates, List<FrozenDebt> debts) {

    /** A stage of this build. */
    static Contender of(AcceptedStage stage, Path workspace) {
        return of(stage, Debts.carriedBy(stage, workspace));
    }

    /** A stage of this build whose trade-offs are known. */
    static Contender of(AcceptedStage stage, List<FrozenDebt> debts) {
        Map<String, BenchmarkScores> ordered = new LinkedHashMap<>();
        stage.spec().benchmarks().forEach(benchmark -> {
            if (stage.scores().containsKey(benchmark.name())) {
                ordered.put(benchmark.name(), stage.scores().get(benchmark.name()));
            }
        });
        return new Contender(stage.name(), ordered, stage.gates(), debts);
    }

    /** A score file. */
    static Contender of(Baseline file) {
        return new Contender(file.reference(), file.scores(), List.of(), List.of());
    }

    /**
     * A stage of an earlier build.
     *
     * @throws StageException when MLflow cannot be asked, or lacks something of it
     */
    static Contender of(MlflowRuns runs, MlflowRuns.EarlierStage stage) throws StageException {
        PublishedStage published = runs.published(stage.run());
        StageRecord record = published.record();
        if (record.status() == StageRecord.Status.FAILED || record.status() == StageRecord.Status.STOPPED) {
            throw new StageException("The stage '" + record.name() + "' did not come to its end");
        }
        return new Contender(
                stage.reference(), runs.scores(stage.run()), published.gates(), runs.debts(stage.run(), published));
    }
}
