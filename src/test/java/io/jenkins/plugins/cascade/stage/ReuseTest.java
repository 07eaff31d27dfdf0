package io.jenkins.plugins.cascade.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.gate.Gate;
import io.jenkins.plugins.cascade.gate.GateVerdict;
import io.jenkins.plugins.cascade.recipe.SftSettings;
import io.jenkins.plugins.cascade.report.StageRecord;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a second build of three stages in a row trains again. */
@Timeout(120)
class ReuseTest {
    private static final double RATE = 1e-3;

    @TempDir
    static Path template;

    @TempDir
    Path workspace;

    private Bench bench;

    @BeforeAll
    static void buildOnce() throws Exception {
        try (Bench bench = new Bench(template)) {
            build(bench, RATE, RATE);
            assertEquals(3, bench.launches.get(), bench.log());
        }
    }

    @BeforeEach
    void takeWhatWasBuilt() throws Exception {
        bench = new Bench(workspace);
        Bench.copy(template.resolve("stages"), workspace.resolve("stages"));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void anUnchangedBuildStartsNoTrainerAndJudgesAgainFromTheKeptScores() throws Exception {
        List<StageRecord> stages = build(bench, RATE, RATE);
        assertEquals(0, bench.launches.get());
        stages.forEach(stage -> assertTrue(stage.reused(), stage.reuseReason()));
        assertEquals(GateVerdict.PASS, stages.get(2).gate().verdict());
        assertTrue(bench.log().contains("[third] gate: third against second: PASS"), bench.log());
    }

    @Test
    void anotherLearningRateTrainsThatStageAndWhatBuildsOnItAndNothingElse() throws Exception {
        List<StageRecord> stages = build(bench, 2 * RATE, RATE);
        assertEquals(2, bench.launches.get());
        assertTrue(stages.get(0).reused());
        assertFalse(stages.get(1).reused());
        assertTrue(
                stages.get(1).reuseReason().endsWith("settings.optimizer.learningRate was 0.001 and is 0.002"),
                stages.get(1).reuseReason());
        assertFalse(stages.get(2).reused());
        assertTrue(
                stages.get(2).reuseReason().contains("model.digest was sha256:"),
                stages.get(2).reuseReason());
    }

    @Test
    void anotherLearningRateOfTheLastStageTrainsThatOneAlone() throws Exception {
        List<StageRecord> stages = build(bench, RATE, 2 * RATE);
        assertEquals(1, bench.launches.get());
        assertTrue(stages.get(1).reused());
        assertFalse(stages.get(2).reused());
    }

    private static List<StageRecord> build(Bench bench, double second, double third) throws Exception {
        CascadeSession session = bench.session();
        return List.of(
                session.run(bench.sft(2), bench),
                session.run(next(bench, "second", second), bench),
                session.run(next(bench, "third", third), bench));
    }

    private static StageRequest next(Bench bench, String name, double rate) {
        StageRequest sft = bench.sft(2);
        SftSettings before = (SftSettings) sft.settings();
        SftSettings settings = new SftSettings(
                before.optimizer().withLearningRate(rate),
                before.steps(),
                before.batchSize(),
                before.maxTokens(),
                before.microBatch(),
                before.checkpointEvery());
        return new StageRequest(
                sft.kind(),
                name,
                null,
                null,
                null,
                sft.data(),
                settings,
                null,
                List.of(Gate.protect("math", 0.2)),
                List.of(),
                Reaction.FAIL,
                Reaction.FAIL,
                0,
                true,
                0,
                "cpu");
    }
}
