package io.jenkins.plugins.cascade.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.gate.BenchmarkDecision;
import io.jenkins.plugins.cascade.gate.GateVerdict;
import io.jenkins.plugins.cascade.report.StageRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Planned looks: two samples an item cannot decide a margin of ten points here, four can. The scores of the simulated trainer are drawn, and
 * the first of them are the same however many are drawn.
 */
@Timeout(120)
class LooksTest {
    @TempDir
    Path folder;

    private RemoteBench remote;
    private Bench bench;

    @BeforeEach
    void prepare() throws Exception {
        remote = new RemoteBench(folder);
        bench = remote.bench;
        bench.environment.put("FAKE_NOISE", "true");
        bench.environment.put("FAKE_SCORE_math", "50");
        bench.environment.put("FAKE_PARENT_SCORE_math", "50");
    }

    @AfterEach
    void close() {
        remote.close();
    }

    @Test
    void evaluatesBothSidesWithMoreSamplesWhenOneLookCannotDecide() throws Exception {
        CascadeSession session = bench.session();
        assertEquals(
                StageRecord.Status.ACCEPTED,
                session.run(bench.drawnSft(), bench).status(),
                bench.log());
        bench.environment.put("FAKE_SCORE_math", "49");
        StageRecord record = session.run(bench.looked(2), bench);
        assertEquals(GateVerdict.PASS, record.gate().verdict(), bench.log());
        assertEquals(2, record.gate().look().number());
        assertEquals(0.025, record.gate().look().alpha(), 1e-12);
        BenchmarkDecision math = record.gate().benchmarks().get(0);
        assertEquals(4, math.candidateSamples());
        assertEquals(4, math.baselineSamples());
        assertEquals(2, record.scores().get("math").samples(), "the record's scores stay those of the stage itself");
        assertEquals(4, bench.launches.get());
        assertTrue(
                bench.log().contains("look 1 of 2 cannot decide; evaluating math with 4 samples an item on both sides"),
                bench.log());
    }

    @Test
    void takesNoLookThatWasNotPlanned() throws Exception {
        CascadeSession session = bench.session();
        session.run(bench.drawnSft(), bench);
        bench.environment.put("FAKE_SCORE_math", "49");
        StageRecord record = session.run(bench.looked(1), bench);
        assertEquals(GateVerdict.INCONCLUSIVE, record.gate().verdict());
        assertEquals(StageRecord.Status.REJECTED, record.status());
        assertEquals(2, bench.launches.get());
    }

    @Test
    void drawsNoMoreOfAnswersThatAreAlwaysTheSame() throws Exception {
        CascadeSession session = bench.session();
        session.run(bench.sft(2), bench);
        bench.environment.put("FAKE_SCORE_math", "49");
        StageRecord record = session.run(bench.looked(3), bench);
        assertEquals(GateVerdict.INCONCLUSIVE, record.gate().verdict());
        assertEquals(2, bench.launches.get());
    }

    @Test
    void looksWithTheStagesOwnSamplesWhenTheParentCannotBeEvaluated() throws Exception {
        CascadeSession session = bench.session();
        session.run(bench.drawnSft(), bench);
        bench.environment.put("FAKE_SCORE_math", "49");
        bench.environment.put("FAKE_PARENT_FAILS", "true");
        StageRecord record = session.run(bench.looked(2), bench);
        BenchmarkDecision math = record.gate().benchmarks().get(0);
        assertEquals(4, math.candidateSamples());
        assertEquals(2, math.baselineSamples());
        assertTrue(bench.log().contains("look 2 is taken without more samples of sft"), bench.log());
    }

    @Test
    void asksForOneMoreProcessAfterTheOtherOnTheAgentAndGoesOnAfterARestart() throws Exception {
        assertEquals(StageRecord.Status.ACCEPTED, remote.run(bench.drawnSft()).status(), bench.log());
        bench.environment.put("FAKE_SCORE_math", "49");
        String attempt = remote.newAttempt();
        RemoteStage stage = remote.stage(bench.looked(2), attempt);
        String first = stage.orderPath();
        assertEquals(Optional.empty(), stage.finish(remote.site, remote.follow(stage, remote.start(stage)), false));
        String second = stage.orderPath();
        assertFalse(second.equals(first));
        assertEquals(
                StageRecord.Status.RUNNING,
                remote.session().record().stage("math").orElseThrow().status());

        remote.restart();
        RemoteStage again = remote.stage(bench.looked(2), attempt);
        assertEquals(second, again.orderPath(), "whoever follows the process of the second look goes on doing so");
        assertEquals(Optional.empty(), again.finish(remote.site, remote.follow(again, remote.start(again)), false));
        String third = again.orderPath();

        remote.restart();
        again = remote.stage(bench.looked(2), attempt);
        assertEquals(third, again.orderPath(), "what was copied is not asked for again");
        StageRecord record = remote.run(again);
        assertEquals(GateVerdict.PASS, record.gate().verdict(), bench.log());
        assertEquals(2, record.gate().look().number());
        assertEquals(4, record.gate().benchmarks().get(0).baselineSamples());
        Path copy = remote.copy("math").orElseThrow();
        assertTrue(Files.exists(copy.resolve("look2-candidate/scores.jsonl")));
        assertTrue(Files.exists(copy.resolve("look2-baseline/scores.jsonl")));
        assertEquals(2, remote.session().record().stages().size(), "evaluations for a look are no stages of the build");
    }

    @Test
    void plansOneTwoOrThreeLooks() {
        assertThrows(IllegalArgumentException.class, () -> bench.looked(0));
        assertThrows(IllegalArgumentException.class, () -> bench.looked(4));
    }
}
