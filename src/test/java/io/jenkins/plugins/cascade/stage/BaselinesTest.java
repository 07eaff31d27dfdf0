package io.jenkins.plugins.cascade.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.gate.Baseline;
import io.jenkins.plugins.cascade.gate.BenchmarkScores;
import io.jenkins.plugins.cascade.gate.Debt;
import io.jenkins.plugins.cascade.gate.Gate;
import io.jenkins.plugins.cascade.gate.GateVerdict;
import io.jenkins.plugins.cascade.gate.ItemScores;
import io.jenkins.plugins.cascade.gate.ScoreFile;
import io.jenkins.plugins.cascade.gate.Tolerance;
import io.jenkins.plugins.cascade.recipe.Digests;
import io.jenkins.plugins.cascade.report.CascadeFile;
import io.jenkins.plugins.cascade.report.GateRecord;
import io.jenkins.plugins.cascade.report.StageRecord;
import io.jenkins.plugins.cascade.report.StageRecord.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Gates against more than the parent. The trainer is the fake one, files, sessions and the comparison are real. */
@Timeout(120)
class BaselinesTest {
    private static final String FILE = "scores/accepted.jsonl";

    @TempDir
    Path folder;

    private RemoteBench remote;
    private Bench bench;

    @BeforeEach
    void prepare() throws Exception {
        remote = new RemoteBench(folder);
        bench = remote.bench;
        bench.environment.put("FAKE_SCORE_math", "80");
    }

    @AfterEach
    void close() {
        remote.close();
    }

    @Test
    void theWorstVerdictOfAllBaselinesCounts() throws Exception {
        write(FILE, "math", 100, "");
        CascadeSession session = bench.session();
        assertEquals(Status.ACCEPTED, session.run(bench.sft(2), bench).status());
        StageRequest request = copy(stage(), "math", 0.1, List.of(), 0);
        StageRecord record = session.run(request.withBaselines(List.of("parent", "anchor", FILE)), bench);
        assertEquals(GateVerdict.REGRESSED, record.gate().verdict(), bench.log());
        assertEquals(Status.REJECTED, record.status());
        assertEquals("sft", record.baseline());
        assertEquals(1, record.gate().further().size(), "the anchor is the parent here and is compared with once");
        assertEquals(FILE, record.gate().further().get(0).baseline());
        assertTrue(record.message().contains("Against sft: Passed"), record.message());
        assertTrue(record.message().contains("Against " + FILE + ": Regressed: math"), record.message());
        assertTrue(bench.log().contains("[math] gate: against sft, " + FILE), bench.log());
        assertTrue(bench.log().contains("against " + FILE + ": REGRESSED"), bench.log());
        assertEquals(
                record,
                CascadeFile.read(bench.buildDirectory(1).resolve(CascadeFile.NAME))
                        .stage("math")
                        .orElseThrow());
        String report = Files.readString(bench.buildDirectory(1).resolve("cascade-report.html"));
        assertTrue(report.contains("Against " + FILE), "the report shows every comparison");
    }

    @Test
    void aFirstStageCanBeMeasuredAgainstAFile() throws Exception {
        write(FILE, "math", 80, "");
        StageRequest sft = gated(bench.sft(2), 0.2).withBaselines(List.of(FILE));
        StageRecord record = bench.session().run(sft, bench);
        assertEquals(GateVerdict.PASS, record.gate().verdict(), bench.log());
        assertEquals(FILE, record.baseline());
        write(FILE, "math", 100, "");
        StageRecord again = bench.session().run(gated(bench.sft(2), 0.1).withBaselines(List.of(FILE)), bench);
        assertTrue(again.reused(), "what a stage is measured against is not what it trains");
        assertEquals(GateVerdict.REGRESSED, again.gate().verdict());
    }

    @Test
    void aBaselineThatCannotBeReadIsRefusedBeforeAnythingIsTrained() throws Exception {
        CascadeSession session = bench.session();
        session.run(bench.sft(2), bench);
        refused(session, FILE, "The baseline 'scores/accepted.jsonl' is not there: no file");
        Files.createDirectories(bench.workspace.resolve("scores"));
        Files.writeString(bench.workspace.resolve(FILE), "{\"benchmark\":\"math\",\"item\":\"1\",\"sam");
        refused(session, FILE, "is no score file");
        write(FILE, "ifeval", 80, "");
        refused(session, FILE, "has no scores of 'math', which has a gate");
        refused(session, "mlflow:last-accepted", "There is no MLflow server to ask");
        refused(session, "stage:rlhf", "no stage of that name was accepted");
        assertEquals(1, bench.launches.get());
        StageRequest first = gated(bench.sft(3), 0.2).withBaselines(List.of("parent"));
        StageException orphan =
                assertThrows(StageException.class, () -> bench.session().run(first, bench));
        assertTrue(
                orphan.getMessage().contains("is to be compared with its parent, but has none"), orphan.getMessage());
    }

    @Test
    void aMisspeltWordIsNoBaseline() {
        for (String wrong :
                List.of("anchr", "Parent", "stage:", "mlflow:", ".jsonl", "scores.json", "a\nb.jsonl", "")) {
            IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> stage(wrong), wrong);
            assertTrue(refused.getMessage().startsWith("A baseline is 'parent', 'anchor'"), refused.getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> stage().withBaselines(List.of()));
    }

    @Test
    void scoresThatWereMeasuredOtherwiseAreAnErrorWhateverTheReactions() throws Exception {
        write(FILE, "math", 80, "another engine");
        CascadeSession session = bench.session();
        session.run(bench.sft(2), bench);
        StageRequest lenient = bench.rlvr(Reaction.CONTINUE, Reaction.CONTINUE).withBaselines(List.of("parent", FILE));
        StageRecord record = session.run(lenient, bench);
        assertEquals(GateVerdict.ERROR, record.gate().verdict());
        assertEquals(Status.REJECTED, record.status());
        assertTrue(record.message().contains("Against " + FILE + ": Cannot be compared: math"), record.message());
    }

    @Test
    void anEarlierBuildIsAskedForOnceAndItsScoresAreKept() throws Exception {
        Baseline earlier = new Baseline("mlflow:3f2a (model math, version 7)", Map.of("math", scores("math", 80, "")));
        StringBuilder asked = new StringBuilder();
        BaselineSource source = wanted -> {
            asked.append(wanted.reference())
                    .append(' ')
                    .append(wanted.cascade())
                    .append(' ')
                    .append(wanted.judged());
            return earlier;
        };
        CascadeSession session = bench.session(source);
        session.run(bench.sft(2), bench);
        StageRecord record = session.run(stage("mlflow:math@champion"), bench);
        assertEquals("mlflow:math@champion test math", asked.toString());
        assertEquals("mlflow:3f2a (model math, version 7)", record.baseline());
        assertEquals(GateVerdict.PASS, record.gate().verdict());
        Path kept = bench.buildDirectory(1).resolve("baselines/math/1/scores.jsonl");
        assertEquals(earlier.digest(), Baseline.file(kept).digest());
        GateRequest last = new GateRequest(
                "final", null, null, null, Reaction.FAIL, Reaction.FAIL, List.of("anchor", "mlflow:math@champion"));
        GateRecord gate = session.gate(last, bench);
        assertEquals(Status.ACCEPTED, gate.status());
        assertEquals("sft", gate.baseline());
        assertEquals(
                "mlflow:3f2a (model math, version 7)",
                gate.gate().further().get(0).baseline());
        assertTrue(gate.gate().summarySentence().contains("The same holds against mlflow:3f2a"), bench.log());
    }

    @Test
    void aTradeOffIsOwedToEveryBaselineThatItWasMadeAgainst() throws Exception {
        write(FILE, "math", 90, "");
        CascadeSession session = bench.session();
        session.run(bench.sft(2), bench);
        bench.environment.put("FAKE_SCORE_math", "60");
        Tolerance tolerance = new Tolerance("math", 0.5, "repair", "costs some mathematics");
        StageRecord lost = session.run(tolerating(tolerance), bench);
        assertEquals(GateVerdict.PASS, lost.gate().verdict(), bench.log());
        assertEquals(2, lost.gate().debts().size());
        assertEquals("builds/1/baselines/math/2", lost.gate().debts().get(1).baseline());
        bench.environment.put("FAKE_SCORE_math", "81");
        StageRecord half = session.run(repair(), bench);
        assertEquals(
                List.of(Debt.Status.REPAID, Debt.Status.OVERDUE),
                half.gate().debts().stream().map(Debt::status).toList());
        assertTrue(half.gate().verdict() != GateVerdict.PASS, bench.log());
    }

    @Test
    void aFileOfTheAgentIsBroughtToTheControllerAndStaysWhatItWas() throws Exception {
        write(FILE, "math", 80, "");
        assertEquals(Status.ACCEPTED, remote.run(bench.sft(2)).status(), bench.log());
        StageRequest request = stage("parent", FILE);
        String attempt = remote.newAttempt();
        RemoteStage stage = remote.stage(request, attempt);
        Process process = remote.start(stage);
        remote.followTo(stage, "math", 1);
        Files.delete(bench.workspace.resolve(FILE));
        remote.restart();
        RemoteStage again = remote.stage(request, attempt);
        StageRecord record =
                again.finish(remote.site, remote.follow(again, process), false).orElseThrow();
        assertEquals(GateVerdict.PASS, record.gate().verdict(), bench.log());
        assertEquals(FILE, record.gate().further().get(0).baseline());

        remote.nextBuild();
        remote.run(bench.sft(2));
        StageRecord refused = remote.run(request);
        assertEquals(Status.FAILED, refused.status());
        assertTrue(refused.message().contains("'scores/accepted.jsonl' is not there"), refused.message());
    }

    private void refused(CascadeSession session, String baseline, String sentence) {
        StageException refused =
                assertThrows(StageException.class, () -> session.run(stage("parent", baseline), bench));
        assertTrue(refused.getMessage().contains(sentence), refused.getMessage());
    }

    private StageRequest stage() {
        return bench.rlvr(Reaction.FAIL, Reaction.FAIL);
    }

    private StageRequest stage(String... baselines) {
        return bench.rlvr(Reaction.FAIL, Reaction.FAIL).withBaselines(List.of(baselines));
    }

    private StageRequest tolerating(Tolerance tolerance) {
        return copy(bench.rlvr(Reaction.FAIL, Reaction.FAIL), "math", 0.05, List.of(tolerance), 0)
                .withBaselines(List.of("parent", FILE));
    }

    private StageRequest repair() {
        return copy(bench.rlvr(Reaction.FAIL, Reaction.FAIL), "repair", 0.05, List.of(), 1);
    }

    private static StageRequest gated(StageRequest request, double margin) {
        return copy(request, request.name(), margin, List.of(), 0);
    }

    private static StageRequest copy(
            StageRequest request, String name, double margin, List<Tolerance> tolerances, long seed) {
        return new StageRequest(
                request.kind(),
                name,
                request.domain(),
                request.model(),
                request.parent(),
                request.data(),
                request.settings(),
                request.benchmarks(),
                List.of(Gate.protect("math", margin)),
                tolerances,
                request.onRegression(),
                request.onInconclusive(),
                seed,
                request.reuse(),
                request.threads(),
                request.device());
    }

    private void write(String file, String benchmark, int right, String fingerprint) throws IOException {
        Path path = bench.workspace.resolve(file);
        Files.createDirectories(path.getParent());
        ScoreFile.write(path, List.of(scores(benchmark, right, fingerprint)));
    }

    /** Scores as the fake trainer has them, so many of a hundred items right. */
    private BenchmarkScores scores(String benchmark, int right, String fingerprint) throws IOException {
        List<ItemScores> items = IntStream.range(0, 100)
                .mapToObj(i -> ItemScores.of("item-" + i, i < right ? 1 : 0, i < right ? 1 : 0))
                .toList();
        String digest = Digests.ofFile(bench.workspace.resolve("items.jsonl"));
        return new BenchmarkScores(benchmark, digest + fingerprint, items);
    }
}
