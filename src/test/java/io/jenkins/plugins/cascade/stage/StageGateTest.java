package io.jenkins.plugins.cascade.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.gate.GateVerdict;
import io.jenkins.plugins.cascade.report.GateRecord;
import io.jenkins.plugins.cascade.report.StageRecord;
import io.jenkins.plugins.cascade.report.StageRecord.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a gate's answer does to a stage: the scores are the fake trainer's, the comparison is real. */
@Timeout(120)
class StageGateTest {
    private static final int BEFORE = 80;
    private static final int SAME = 80;
    private static final int MUCH_WORSE = 40;
    private static final int SLIGHTLY_WORSE = 62;

    @TempDir
    static Path template;

    @TempDir
    Path workspace;

    private Bench bench;
    private CascadeSession session;

    @BeforeAll
    static void trainTheAnchor() throws Exception {
        try (Bench bench = new Bench(template)) {
            bench.environment.put("FAKE_SCORE_math", Integer.toString(BEFORE));
            assertEquals(
                    Status.ACCEPTED, bench.session().run(bench.sft(2), bench).status());
        }
    }

    @BeforeEach
    void takeTheAnchor() throws Exception {
        bench = new Bench(workspace);
        Bench.copy(template.resolve("stages"), workspace.resolve("stages"));
        session = bench.session();
        assertTrue(session.run(bench.sft(2), bench).reused());
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void acceptsAStageThatIsNoWorse() throws Exception {
        StageRecord record = run(SAME, Reaction.FAIL, Reaction.FAIL);
        assertEquals(GateVerdict.PASS, record.gate().verdict());
        assertEquals(Status.ACCEPTED, record.status());
        assertEquals("sft", record.parent());
        assertEquals("", record.message());
    }

    @Test
    void rejectsARegressionAndShowsTheTable() throws Exception {
        StageRecord record = run(MUCH_WORSE, Reaction.FAIL, Reaction.FAIL);
        assertEquals(GateVerdict.REGRESSED, record.gate().verdict());
        assertEquals(Status.REJECTED, record.status());
        assertEquals(record.gate().summarySentence(), record.message());
        assertTrue(bench.log().contains("REGRESSED"), bench.log());
        assertTrue(bench.log().contains("-40.0"), bench.log());
    }

    @Test
    void marksARegressionAsUnstableAndGoesOn() throws Exception {
        assertEquals(
                Status.UNSTABLE,
                run(MUCH_WORSE, Reaction.UNSTABLE, Reaction.FAIL).status());
        assertEquals("math", session.gate(gate(Reaction.UNSTABLE), bench).candidate());
    }

    @Test
    void acceptsARegressionWhenToldToContinueAndKeepsTheReason() throws Exception {
        StageRecord record = run(MUCH_WORSE, Reaction.CONTINUE, Reaction.FAIL);
        assertEquals(Status.ACCEPTED, record.status());
        assertEquals(record.gate().summarySentence(), record.message());
    }

    @Test
    void treatsAnUndecidedComparisonByItsOwnReaction() throws Exception {
        StageRecord record = run(SLIGHTLY_WORSE, Reaction.FAIL, Reaction.UNSTABLE);
        assertEquals(GateVerdict.INCONCLUSIVE, record.gate().verdict());
        assertEquals(Status.UNSTABLE, record.status());
    }

    @Test
    void neverPassesAComparisonInError() throws Exception {
        bench.environment.put("FAKE_FINGERPRINT", "another engine");
        StageRecord record = run(SAME, Reaction.CONTINUE, Reaction.CONTINUE);
        assertEquals(GateVerdict.ERROR, record.gate().verdict());
        assertEquals(Status.REJECTED, record.status());
    }

    @Test
    void judgesAReusedStageAgainByTheReactionsOfNow() throws Exception {
        assertEquals(
                Status.REJECTED, run(MUCH_WORSE, Reaction.FAIL, Reaction.FAIL).status());
        CascadeSession next = bench.session();
        next.run(bench.sft(2), bench);
        StageRecord again = next.run(bench.rlvr(Reaction.UNSTABLE, Reaction.FAIL), bench);
        assertEquals(Status.UNSTABLE, again.status());
        assertTrue(again.reused());
        assertTrue(again.reuseReason().contains("rejected in build 1"), again.reuseReason());
        assertEquals(1, bench.launches.get());
    }

    @Test
    void comparesTheLastStageWithTheAnchor() throws Exception {
        run(SAME, Reaction.FAIL, Reaction.FAIL);
        GateRecord record = session.gate(gate(Reaction.FAIL), bench);
        assertEquals("sft", record.baseline());
        assertEquals("math", record.candidate());
        assertEquals(Status.ACCEPTED, record.status());
        assertEquals(List.of(record), session.record().gates());
    }

    @Test
    void asksForAGateWhenASharedBenchmarkHasNone() throws Exception {
        StageRequest request = bench.rlvr(Reaction.FAIL, Reaction.FAIL);
        StageRequest without = new StageRequest(
                request.kind(),
                request.name(),
                request.domain(),
                request.model(),
                request.parent(),
                request.data(),
                request.settings(),
                request.benchmarks(),
                null,
                List.of(),
                request.onRegression(),
                request.onInconclusive(),
                request.seed(),
                request.reuse(),
                request.threads(),
                request.device());
        StageException refused = assertThrows(StageException.class, () -> session.run(without, bench));
        assertTrue(refused.getMessage().contains("gate(benchmark: 'math', margin: POINTS)"), refused.getMessage());
        assertEquals(0, bench.launches.get());
    }

    @Test
    void refusesBeforeTrainingWhenTheBenchmarkChangedSinceTheParent() throws Exception {
        Files.writeString(
                workspace.resolve("items.jsonl"),
                "{\"id\":\"2\",\"prompt\":\"2+2\",\"verifier\":{\"type\":\"math\"}}\n");
        StageException refused =
                assertThrows(StageException.class, () -> session.run(bench.rlvr(Reaction.FAIL, Reaction.FAIL), bench));
        assertTrue(refused.getMessage().contains("other items than in 'sft'"), refused.getMessage());
    }

    @Test
    void trainsNothingOnAStageThatWasRejected() throws Exception {
        run(MUCH_WORSE, Reaction.FAIL, Reaction.FAIL);
        StageRecord next = session.run(named("math2"), bench);
        assertEquals("sft", next.parent());
    }

    @Test
    void firstStageHasNoGate() {
        assertNull(session.record().stage("sft").orElseThrow().gate());
    }

    private StageRecord run(int score, Reaction onRegression, Reaction onInconclusive) throws Exception {
        bench.environment.put("FAKE_SCORE_math", Integer.toString(score));
        return session.run(bench.rlvr(onRegression, onInconclusive), bench);
    }

    private StageRequest named(String name) {
        StageRequest request = bench.rlvr(Reaction.CONTINUE, Reaction.CONTINUE);
        return new StageRequest(
                request.kind(),
                name,
                request.domain(),
                request.model(),
                request.parent(),
                request.data(),
                request.settings(),
                request.benchmarks(),
                request.gates(),
                List.of(),
                request.onRegression(),
                request.onInconclusive(),
                request.seed() + 1,
                request.reuse(),
                request.threads(),
                request.device());
    }

    private static GateRequest gate(Reaction onRegression) {
        return new GateRequest("final", null, null, null, onRegression, Reaction.FAIL);
    }
}
