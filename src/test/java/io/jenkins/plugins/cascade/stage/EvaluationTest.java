package io.jenkins.plugins.cascade.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.gate.Gate;
import io.jenkins.plugins.cascade.gate.GateVerdict;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.report.ConsoleReport;
import io.jenkins.plugins.cascade.report.GateRecord;
import io.jenkins.plugins.cascade.report.HtmlReport;
import io.jenkins.plugins.cascade.report.StageRecord;
import io.jenkins.plugins.cascade.report.StageRecord.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A build that begins with an evaluation: its scores are what the first training is judged by. */
@Timeout(120)
class EvaluationTest {
    @TempDir
    Path workspace;

    private Bench bench;
    private CascadeSession session;

    @BeforeEach
    void evaluate() throws Exception {
        bench = new Bench(workspace);
        bench.environment.put("FAKE_SCORE_math", "30");
        session = bench.session();
        StageRecord record = session.run(bench.evaluate(), bench);
        assertEquals(Status.ACCEPTED, record.status());
        assertNull(record.parent());
        assertNull(record.gate());
        assertEquals(0.3, record.scores().get("math").mean(), 1e-9);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void fineTuningStartsFromItsModelAndIsJudgedAgainstIt() throws Exception {
        StageRecord sft = train(70);

        assertEquals("evaluate", sft.parent());
        assertEquals(GateVerdict.PASS, sft.gate().verdict());
        assertEquals(Status.ACCEPTED, sft.status());
    }

    @Test
    void fineTuningThatMakesItWorseIsRejected() throws Exception {
        StageRecord sft = train(5);

        assertEquals(GateVerdict.REGRESSED, sft.gate().verdict());
        assertEquals(Status.REJECTED, sft.status());
    }

    @Test
    void itIsTheAnchorOfTheLastGate() throws Exception {
        train(70);
        List<Gate> target = List.of(Gate.target("math", 0));
        GateRecord gate =
                session.gate(new GateRequest("final", null, null, target, Reaction.FAIL, Reaction.FAIL), bench);

        assertEquals("evaluate", gate.baseline());
        assertEquals("sft", gate.candidate());
        assertEquals(Status.ACCEPTED, gate.status());
    }

    @Test
    void itIsReusedUntilSomethingOfItChanges() throws Exception {
        assertTrue(bench.session().run(bench.evaluate(), bench).reused());
        Files.writeString(workspace.resolve("model/config.json"), "{\"other\":1}");
        assertFalse(bench.session().run(bench.evaluate(), bench).reused());
        assertEquals(2, bench.launches.get());
    }

    @Test
    void reportsShowNoTrainingThatWasNotThere() throws Exception {
        String log = bench.log();
        assertTrue(log.contains("[evaluate] stage evaluate, seed 0"), log);
        assertFalse(log.contains("settings:"), log);
        String journal = Files.readString(bench.buildDirectory(1).resolve("journal.jsonl"));
        assertTrue(journal.contains("\"eval/math\""), journal);
        assertTrue(journal.contains("\"evaluate\""), journal);
        assertFalse(journal.contains("train/"), journal);
        String html = Files.readString(bench.buildDirectory(1).resolve(HtmlReport.NAME));
        assertTrue(html.contains("Evaluation · evaluated "), html);
        assertFalse(html.contains("Training: "), html);
        assertFalse(html.contains("trained "), html);
        String console = String.join("\n", new ConsoleReport(false).summary(session.record()));
        assertTrue(console.contains("evaluate"), console);
        assertTrue(console.contains("30.0"), console);
    }

    private StageRecord train(int score) throws Exception {
        bench.environment.put("FAKE_SCORE_math", Integer.toString(score));
        StageRequest sft = bench.sft(2);
        StageRequest onParent = new StageRequest(
                StageKind.SFT,
                sft.name(),
                null,
                null,
                null,
                sft.data(),
                sft.settings(),
                null,
                List.of(Gate.target("math", 0)),
                List.of(),
                Reaction.FAIL,
                Reaction.FAIL,
                0,
                true,
                0,
                "cpu");
        return session.run(onParent, bench);
    }
}
