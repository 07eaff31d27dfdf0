package io.jenkins.plugins.cascade.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.gate.BenchmarkScores;
import io.jenkins.plugins.cascade.gate.Gate;
import io.jenkins.plugins.cascade.gate.GateVerdict;
import io.jenkins.plugins.cascade.gate.ScoreFile;
import io.jenkins.plugins.cascade.report.CascadeFile;
import io.jenkins.plugins.cascade.report.GateRecord;
import io.jenkins.plugins.cascade.report.PromotionRecord;
import io.jenkins.plugins.cascade.report.StageRecord;
import io.jenkins.plugins.cascade.track.MlflowCredentials;
import io.jenkins.plugins.cascade.track.MlflowRest;
import io.jenkins.plugins.cascade.track.ModelVersion;
import io.jenkins.plugins.cascade.track.RealMlflow;
import io.jenkins.plugins.cascade.track.SharedMlflow;
import io.jenkins.plugins.cascade.track.TrackingEnvironment;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a build finds in a real MLflow server of an earlier one: scores, the champion, the last accepted run, the lineage. */
@Timeout(180)
@ExtendWith(RealMlflow.class)
class EarlierBuildsTest {
    private static final String CASCADE =
            "nightly-" + UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    static Path first;

    @TempDir
    static Path workspace;

    @TempDir
    Path elsewhere;

    private static TrackingEnvironment mlflow;
    private static MlflowRest rest;
    private static StageRecord sft;
    private static StageRecord math;
    private static PromotionRecord champion;
    private static String parentRun;
    private static Bench bench;
    private static CascadeSession session;

    @BeforeAll
    static void buildOnce(SharedMlflow shared) throws Exception {
        mlflow = TrackingEnvironment.from(
                Map.of("MLFLOW_TRACKING_URI", shared.server().uri()));
        rest = MlflowRest.at(shared.server().uri(), MlflowCredentials.none());
        try (Bench bench = new Bench(first)) {
            bench.tracking = mlflow;
            bench.cascade = CASCADE;
            bench.environment.put("FAKE_SCORE_math", "80");
            CascadeSession session = bench.session();
            sft = session.run(bench.sft(2), bench);
            math = session.run(bench.rlvr(Reaction.FAIL, Reaction.FAIL), bench);
            assertEquals(
                    GateVerdict.PASS,
                    session.gate(gate(null, null), bench).gate().verdict());
            champion = session.promote(new PromoteRequest(CASCADE, null, "champion", null), bench);
            assertTrue(session.finish("SUCCESS").isEmpty(), bench.log());
        }
        parentRun = rest.search()
                .lastAccepted(CASCADE, Map.of(MlflowRuns.ROLE, MlflowRuns.BUILD))
                .orElseThrow()
                .runId();
        buildAgain();
    }

    /** The second build, which takes both stages and does what the tests ask. */
    private static void buildAgain() throws Exception {
        bench = new Bench(workspace);
        Bench.copy(first.resolve("stages"), workspace.resolve("stages"));
        bench.tracking = mlflow;
        bench.cascade = CASCADE;
        session = bench.session();
        assertTrue(session.run(bench.sft(2), bench).reused(), bench.log());
        assertTrue(session.run(bench.rlvr(Reaction.FAIL, Reaction.FAIL), bench).reused(), bench.log());
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void comparesAStageWithTheLastAcceptedBuild() throws Exception {
        GateRecord record = session.gate(gate("sft", "mlflow:last-accepted"), bench);
        assertEquals(GateVerdict.PASS, record.gate().verdict(), record.message());
        assertEquals("sft", record.candidate());
        assertEquals("mlflow:" + math.mlflowRunId() + " (" + CASCADE + " #1)", record.baseline());
        assertEquals(0.8, record.gate().benchmarks().get(0).baseline(), 1e-9);
        assertEquals(record, session.record().gates().get(0));
    }

    @Test
    void comparesTwoModelsOfEarlierBuilds() throws Exception {
        GateRecord record = session.gate(gate("runs:/" + sft.mlflowRunId(), "models:/" + CASCADE + "@champion"), bench);
        assertEquals(GateVerdict.PASS, record.gate().verdict(), record.message());
        assertEquals("mlflow:" + math.mlflowRunId() + " (model " + CASCADE + ", version 1)", record.baseline());
    }

    @Test
    void comparesTwoScoreFiles() throws Exception {
        String file = sft.directory() + "/scores.jsonl";
        GateRecord record = session.gate(gate(file, file), bench);
        assertEquals(GateVerdict.PASS, record.gate().verdict(), record.message());
        assertEquals(file, record.baseline());
    }

    @Test
    void aBaselineOfAnotherFingerprintIsAnError() throws Exception {
        BenchmarkScores scores = ScoreFile.read(first.resolve(sft.directory()).resolve("scores.jsonl"))
                .get("math");
        Path file = workspace.resolve("other.jsonl");
        ScoreFile.write(file, List.of(new BenchmarkScores("math", scores.fingerprint() + "+", scores.items())));
        GateRecord record = session.gate(gate("other.jsonl", "mlflow:last-accepted"), bench);
        assertEquals(GateVerdict.ERROR, record.gate().verdict());
        assertEquals(StageRecord.Status.REJECTED, record.status());
    }

    @Test
    void whatCannotBeReadIsAnErrorWithItsSentence() throws Exception {
        String none = "0123456789abcdef0123456789abcdef";
        Map<String, String> sentences = Map.of(
                "models:/" + CASCADE + "@nobody",
                "has no alias 'nobody' of a model '" + CASCADE + "'; cascadePromote makes one",
                "models:/" + CASCADE + "/99",
                "has no version 99 of a model '" + CASCADE + "'",
                "runs:/" + none,
                "has no run " + none,
                "runs:/" + parentRun,
                "holds no record of its stage",
                "mlflow:last-accepted/other-job",
                "has no finished build of 'other-job' whose last gate accepted it",
                "models:/x",
                "names nothing in MLflow: write models:/NAME@ALIAS",
                "missing.jsonl",
                "is not there: no file");
        for (Map.Entry<String, String> expected : sentences.entrySet()) {
            GateRecord record = session.gate(gate(null, expected.getKey()), bench);
            assertEquals(GateVerdict.ERROR, record.gate().verdict(), expected.getKey());
            assertEquals(StageRecord.Status.REJECTED, record.status(), expected.getKey());
            assertTrue(
                    record.message()
                            .startsWith(
                                    "The baseline '" + expected.getKey() + "' of the gate 'final' cannot be read: "),
                    record.message());
            assertTrue(record.message().contains(expected.getValue()), record.message());
        }
    }

    @Test
    void aServerThatIsAwayIsAnError() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        GateRecord record = alone("http://127.0.0.1:" + free);
        assertEquals(GateVerdict.ERROR, record.gate().verdict());
        assertTrue(record.message().contains("does not answer (connection refused)"), record.message());
    }

    @Test
    void withoutAServerTheSentenceSaysHowToNameOne() throws Exception {
        GateRecord record = alone("");
        assertEquals(GateVerdict.ERROR, record.gate().verdict());
        assertTrue(record.message().contains("set MLFLOW_TRACKING_URI"), record.message());
    }

    @Test
    void theChampionIsAVersionWithItsRunAndItsVerdict() throws Exception {
        ModelVersion version =
                rest.registry().versionByAlias(CASCADE, "champion").orElseThrow();
        assertEquals(champion.version(), version.version());
        assertEquals("runs:/" + math.mlflowRunId() + "/model", version.source());
        assertEquals("PASS", version.tags().get("gate.verdict"));
        assertEquals(math.checkpointDigest(), version.tags().get("cascade.checkpoint"));
        assertNull(champion.reason());
        assertEquals(
                List.of(champion),
                CascadeFile.read(first.resolve("builds/1/cascade.json")).promotions());
    }

    @Test
    void promotingAgainMakesNoSecondVersion() throws Exception {
        PromoteRequest request = new PromoteRequest(CASCADE, "math", "again", null);
        PromotionRecord one = session.promote(request, bench);
        PromotionRecord two = session.promote(request, bench);
        assertEquals(one.version(), two.version());
        assertEquals(champion.version(), two.version(), "a reused stage is the version that its run became");
        assertEquals(
                1,
                session.record().promotions().stream()
                        .filter(made -> made.alias().equals("again"))
                        .count());
    }

    @Test
    void refusesACheckpointThatNoGateAcceptedUnlessThereIsAReason() throws Exception {
        StageException refused = assertThrows(
                StageException.class, () -> session.promote(new PromoteRequest(CASCADE, "sft", "trial", null), bench));
        assertEquals(
                "The checkpoint of 'sft' is not promoted to '" + CASCADE
                        + "': no gate has judged it; give a reason to promote it all the same",
                refused.getMessage());
        PromotionRecord made =
                session.promote(new PromoteRequest(CASCADE, "sft", "trial", "the first of its kind"), bench);
        ModelVersion version = rest.registry().versionByAlias(CASCADE, "trial").orElseThrow();
        assertEquals(made.version(), version.version());
        assertEquals("the first of its kind", version.tags().get("cascade.reason"));
        assertEquals("no gate has judged it", made.missing());
        assertTrue(bench.log().contains("Reason: the first of its kind; although no gate has judged it"), bench.log());
    }

    @Test
    void refusesACheckpointThatALaterGateRejected() throws Exception {
        bench.environment.put("FAKE_SCORE_math", "40");
        session.run(seeded(3), bench);
        StageException refused = assertThrows(
                StageException.class, () -> session.promote(new PromoteRequest(CASCADE, "math3", "c", null), bench));
        assertTrue(refused.getMessage().contains("its gate did not accept it, REGRESSED"), refused.getMessage());
    }

    @Test
    void theLineageOfARegisteredModelIsReadFromItsRun() throws Exception {
        FoundLineage found = FoundLineage.of("models:/" + CASCADE + "@champion", mlflow);
        assertEquals(
                List.of("sft", "math"),
                found.lineage().generations().stream().map(Generation::stage).toList());
        assertEquals(math.checkpointDigest(), found.lineage().last().checkpointDigest());
        assertEquals(math.mlflowRunId(), found.lineage().last().mlflowRunId());
        assertEquals(FoundLineage.Weights.ELSEWHERE, found.weights());
    }

    @Test
    void theRunsNameParentModelAndCheckpoint() throws Exception {
        Map<String, String> tags =
                rest.search().byId(math.mlflowRunId()).orElseThrow().tags();
        assertEquals("sft", tags.get("cascade.parent"));
        assertEquals(sft.checkpointDigest(), tags.get("cascade.model"));
        assertEquals(math.checkpointDigest(), tags.get("cascade.checkpoint"));
        assertEquals("accepted", tags.get("gate.status"));
    }

    @Test
    void anotherMachineTakesAnAcceptedStageFromMlflowInsteadOfTrainingIt() throws Exception {
        try (Bench other = new Bench(elsewhere.resolve("other"))) {
            other.tracking = mlflow;
            other.cascade = CASCADE;
            CascadeSession there = other.session();
            StageRecord trained = there.run(other.sft(2), other);
            assertEquals(1, other.launches.get(), "the checkpoint of sft was never sent to MLflow");
            assertTrue(other.log().contains("it cannot be taken, so it is trained here"), other.log());
            assertEquals(sft.checkpointDigest(), trained.checkpointDigest());
            StageRecord fetched = there.run(other.rlvr(Reaction.FAIL, Reaction.FAIL), other);
            assertEquals(1, other.launches.get(), other.log());
            assertTrue(fetched.reused());
            assertTrue(fetched.reuseReason().startsWith("reused: fetched from MLflow, run "), fetched.reuseReason());
            assertEquals(math.checkpointDigest(), fetched.checkpointDigest());
            assertEquals(GateVerdict.PASS, fetched.gate().verdict());
        }
    }

    @Test
    void nothingIsFetchedWhereReuseIsFalse() throws Exception {
        try (Bench other = new Bench(elsewhere.resolve("other"))) {
            other.tracking = mlflow;
            other.cascade = CASCADE;
            CascadeSession there = other.session();
            there.run(other.sft(2), other);
            StageRecord math = there.run(EarlierBuildsTest.again(other.rlvr(Reaction.FAIL, Reaction.FAIL)), other);
            assertEquals(2, other.launches.get());
            assertTrue(!math.reused());
        }
    }

    @Test
    void evaluatesARegisteredModelAndFetchesItOnce() throws Exception {
        StageRequest request = bench.evaluate();
        StageRequest registered = new StageRequest(
                request.kind(),
                "champion",
                null,
                "models:/" + CASCADE + "@champion",
                null,
                List.of(),
                request.settings(),
                request.benchmarks(),
                null,
                List.of(),
                Reaction.FAIL,
                Reaction.FAIL,
                0,
                true,
                0,
                "cpu");
        StageRecord record = session.run(registered, bench);
        assertEquals(StageRecord.Status.ACCEPTED, record.status(), record.message());
        assertEquals(math.checkpointDigest(), record.modelDigest());
        Path fetched =
                workspace.resolve("models").resolve(math.checkpointDigest().substring(7, 19));
        FileTime fetchedAt = Files.getLastModifiedTime(fetched);
        session.run(registered, bench);
        assertTrue(LineageFile.describes(LineageFile.read(fetched).orElseThrow(), fetched));
        assertEquals(fetchedAt, Files.getLastModifiedTime(fetched));
    }

    private static StageRequest again(StageRequest request) {
        return new StageRequest(
                request.kind(),
                request.name(),
                request.domain(),
                request.model(),
                request.parent(),
                request.data(),
                request.settings(),
                request.benchmarks(),
                request.gates(),
                request.tolerances(),
                request.onRegression(),
                request.onInconclusive(),
                request.seed(),
                false,
                request.threads(),
                request.device());
    }

    /** The gate of a build whose server is another one, or none. */
    private GateRecord alone(String uri) throws Exception {
        try (Bench other = new Bench(elsewhere)) {
            Bench.copy(first.resolve("stages"), elsewhere.resolve("stages"));
            other.tracking = TrackingEnvironment.from(Map.of("MLFLOW_TRACKING_URI", uri));
            CascadeSession alone = other.session();
            assertTrue(alone.run(other.sft(2), other).reused(), other.log());
            return alone.gate(gate(null, "mlflow:last-accepted"), other);
        }
    }

    /** The stage {@code math} on the stage {@code math}, under another seed and the name {@code math<seed>}, accepted whatever its gate says. */
    private StageRequest seeded(int seed) {
        StageRequest request = bench.rlvr(Reaction.CONTINUE, Reaction.CONTINUE);
        return new StageRequest(
                request.kind(),
                "math" + seed,
                request.domain(),
                request.model(),
                "math",
                request.data(),
                request.settings(),
                request.benchmarks(),
                request.gates(),
                List.of(),
                request.onRegression(),
                request.onInconclusive(),
                seed,
                request.reuse(),
                request.threads(),
                request.device());
    }

    private static GateRequest gate(String candidate, String baseline) {
        return new GateRequest(
                "final", candidate, baseline, List.of(Gate.protect("math", 0.2)), Reaction.FAIL, Reaction.CONTINUE);
    }
}
