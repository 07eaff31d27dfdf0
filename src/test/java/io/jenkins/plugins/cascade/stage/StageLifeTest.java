package io.jenkins.plugins.cascade.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageStatus;
import io.jenkins.plugins.cascade.report.CascadeFile;
import io.jenkins.plugins.cascade.report.CascadeRecord;
import io.jenkins.plugins.cascade.report.StageRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The life of a stage with a real child process. */
@Timeout(120)
class StageLifeTest {
    @TempDir
    Path workspace;

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private Bench bench;

    @BeforeEach
    void prepare() throws Exception {
        bench = new Bench(workspace);
    }

    @AfterEach
    void close() {
        bench.forced = true;
        bench.cancelled = true;
        pool.shutdown();
        bench.close();
    }

    @Test
    void trainsEvaluatesAndRecordsTheFirstStageWithoutAGate() throws Exception {
        CascadeSession session = bench.session();
        StageRecord record = session.run(bench.sft(12), bench);
        assertEquals(StageRecord.Status.ACCEPTED, record.status(), bench.log());
        assertEquals(0.5, record.scores().get("math").mean(), 1e-9);
        assertEquals(100, record.scores().get("math").items());
        assertEquals(2, record.scores().get("math").samples());
        assertTrue(Files.exists(workspace.resolve(record.checkpoint()).resolve("config.json")));
        session.finish("SUCCESS");
        CascadeRecord onDisk = CascadeFile.read(bench.buildDirectory(1).resolve(CascadeFile.NAME));
        assertEquals("SUCCESS", onDisk.result());
        assertEquals(record, onDisk.stage("sft").orElseThrow());
        assertTrue(Files.exists(bench.buildDirectory(1).resolve("cascade-report.html")));
        assertTrue(bench.log().contains("[sft] sft 12/12  loss 0.0833"), bench.log());
    }

    @Test
    void takesWhatItAcceptedWhenABlockOfStagesIsRetried() throws Exception {
        CascadeSession session = bench.session();
        StageRequest sft = bench.sft(3);
        StageRequest rlvr = bench.rlvr(Reaction.CONTINUE, Reaction.CONTINUE);
        StageRecord first = session.run(sft, bench);
        StageRecord second = session.run(rlvr, bench);
        int launched = bench.launches.get();

        StageRecord again = session.run(sft, bench);
        StageRecord next = session.run(rlvr, bench);

        assertEquals(launched, bench.launches.get(), bench.log());
        assertEquals(first.checkpoint(), again.checkpoint());
        assertNull(again.parent());
        assertEquals(second.checkpoint(), next.checkpoint());
        assertEquals("sft", next.parent());
        assertEquals(2, session.record().stages().size());
    }

    @Test
    void reusesAFinishedStageInTheNextBuildAndSaysWhichOne() throws Exception {
        bench.session().run(bench.sft(3), bench);
        StageRecord record = bench.session().run(bench.sft(3), bench);
        assertEquals(StageRecord.Status.ACCEPTED, record.status());
        assertTrue(record.reused());
        assertTrue(record.reuseReason().contains("accepted in build 1"), record.reuseReason());
        assertEquals(1, bench.launches.get());
    }

    @Test
    void trainsAgainWhenASettingChangesAndNamesTheSetting() throws Exception {
        bench.session().run(bench.sft(3), bench);
        StageRecord record = bench.session().run(bench.sft(4), bench);
        assertFalse(record.reused());
        assertTrue(record.reuseReason().contains("settings.steps was 3 and is 4"), record.reuseReason());
        assertEquals(2, bench.launches.get());
    }

    @Test
    void trainsAgainWhenTheStepsEnvironmentNamesAnotherJudge() throws Exception {
        bench.session().run(bench.sft(3), bench);
        bench.environment.put("MATH_JUDGE", "1 https://other-judge/v1");
        StageRecord record = bench.session().run(bench.sft(3), bench);
        assertFalse(record.reused());
        assertTrue(
                record.reuseReason().contains("verifierVersions.math was 1 and is 1 https://other"),
                record.reuseReason());
        bench.environment.remove("MATH_JUDGE");
        assertTrue(
                bench.session().run(bench.sft(3), bench).reused(), "the variable of one step is not that of the next");
    }

    @Test
    void trainsAgainWhenAFinishedCheckpointWasTamperedWith() throws Exception {
        StageRecord first = bench.session().run(bench.sft(3), bench);
        Files.writeString(workspace.resolve(first.checkpoint()).resolve("config.json"), "other");
        StageRecord second = bench.session().run(bench.sft(3), bench);
        assertFalse(second.reused());
        assertTrue(second.reuseReason().contains("its digest differs"), second.reuseReason());
        assertEquals(StageRecord.Status.ACCEPTED, second.status());
        assertEquals(first.checkpointDigest(), second.checkpointDigest());
    }

    @Test
    void stopsWithACheckpointWhenCancelledAndGoesOnFromItInTheNextBuild() throws Exception {
        bench.environment.put("FAKE_STEP_MILLIS", "50");
        Future<StageRecord> run = start(() -> bench.session().run(bench.sft(200), bench));
        awaitStep(8);
        bench.cancelled = true;
        StageRecord stopped = run.get(60, TimeUnit.SECONDS);
        assertEquals(StageRecord.Status.STOPPED, stopped.status());
        assertTrue(stopped.message().contains(stopped.directory()), stopped.message());
        int reached = status().step();

        bench.cancelled = false;
        bench.environment.put("FAKE_STEP_MILLIS", "1");
        StageRecord done = bench.session(true, Duration.ofSeconds(20), 30).run(bench.sft(200), bench);
        assertEquals(StageRecord.Status.ACCEPTED, done.status());
        assertTrue(done.reuseReason().startsWith("resumed"), done.reuseReason());
        long steps = Files.readAllLines(bench.stage("sft").resolve(StageFiles.EVENTS))
                .size();
        assertEquals(200, steps, "No step was done twice or left out after " + reached);
        long logged = Files.readAllLines(bench.buildDirectory(2).resolve("journal.jsonl")).stream()
                .filter(line -> line.contains("train/loss"))
                .count();
        assertEquals(200, logged, "The resumed run's curve is whole and has no step twice");
    }

    @Test
    void endsATrainerThatDoesNotListenOnceTheGraceIsOver() throws Exception {
        bench.environment.put("FAKE_STEP_MILLIS", "50");
        bench.environment.put("FAKE_DEAF", "true");
        Future<StageRecord> run =
                start(() -> bench.session(false, Duration.ofSeconds(1), 30).run(bench.sft(2000), bench));
        awaitStep(6);
        long pid = status().pid();
        bench.cancelled = true;
        assertEquals(StageRecord.Status.STOPPED, run.get(60, TimeUnit.SECONDS).status());
        Bench.until(() -> ProcessHandle.of(pid).isEmpty());
        assertTrue(bench.log().contains("ending its process"), bench.log());
    }

    @Test
    void goesOnFromTheCheckpointAfterTheTrainerWasKilled() throws Exception {
        bench.environment.put("FAKE_STEP_MILLIS", "50");
        Future<StageRecord> run = start(() -> bench.session().run(bench.sft(100), bench));
        awaitStep(12);
        ProcessHandle.of(status().pid()).orElseThrow().destroyForcibly();
        StageRecord killed = run.get(60, TimeUnit.SECONDS);
        assertEquals(StageRecord.Status.FAILED, killed.status());
        assertTrue(killed.message().contains("137") && killed.message().contains("SIGKILL"), killed.message());
        assertTrue(killed.message().contains(StageFiles.LOG), killed.message());

        bench.environment.put("FAKE_STEP_MILLIS", "1");
        StageRecord done = bench.session().run(bench.sft(100), bench);
        assertEquals(StageRecord.Status.ACCEPTED, done.status());
        assertTrue(done.reuseReason().startsWith("resumed"), done.reuseReason());
    }

    @Test
    void followsATrainerThatStillRunsInsteadOfStartingASecondOne() throws Exception {
        bench.environment.put("FAKE_STEP_MILLIS", "50");
        Future<StageRecord> lost = start(() -> bench.session().run(bench.sft(100), bench));
        awaitStep(6);
        lost.cancel(true);
        StageRecord adopted = bench.session().run(bench.sft(100), bench);
        assertEquals(StageRecord.Status.ACCEPTED, adopted.status(), bench.log());
        assertTrue(adopted.reuseReason().contains("still running"), adopted.reuseReason());
        assertEquals(1, bench.launches.get());
        assertEquals("x", Files.readString(bench.stage("sft").resolve("starts")));
    }

    @Test
    void endsAnAdoptedTrainerThatDoesNotListen() throws Exception {
        bench.environment.put("FAKE_STEP_MILLIS", "50");
        bench.environment.put("FAKE_DEAF", "true");
        Future<StageRecord> lost = start(() -> bench.session().run(bench.sft(5000), bench));
        awaitStep(6);
        long pid = status().pid();
        lost.cancel(true);
        Future<StageRecord> adopting =
                start(() -> bench.session(false, Duration.ofSeconds(1), 30).run(bench.sft(5000), bench));
        Bench.until(() -> bench.log().contains("still running"));
        bench.cancelled = true;
        assertEquals(
                StageRecord.Status.STOPPED, adopting.get(60, TimeUnit.SECONDS).status());
        Bench.until(() -> ProcessHandle.of(pid).isEmpty());
        assertEquals(1, bench.launches.get());
    }

    @Test
    void stopsByItselfWhenNobodyRenewsTheLeaseAndIsResumedThen() throws Exception {
        bench.environment.put("FAKE_STEP_MILLIS", "100");
        Future<StageRecord> lost =
                start(() -> bench.session(false, Duration.ofSeconds(20), 2).run(bench.sft(300), bench));
        awaitStep(6);
        lost.cancel(true);
        Bench.until(() -> status().state() == StageStatus.State.STOPPED);
        assertEquals("the lease ran out", status().message());

        bench.environment.put("FAKE_STEP_MILLIS", "1");
        StageRecord done = bench.session().run(bench.sft(300), bench);
        assertEquals(StageRecord.Status.ACCEPTED, done.status(), bench.log());
    }

    @Test
    void refusesToResumeWhenADataFileChangedAndStartsAgainWithoutResume() throws Exception {
        bench.environment.put("FAKE_FAIL_AT", "7");
        bench.session().run(bench.sft(20), bench);
        bench.environment.remove("FAKE_FAIL_AT");
        Files.writeString(workspace.resolve("sft.jsonl"), "{\"messages\":[1]}\n");

        CascadeSession resuming = bench.session(true, Duration.ofSeconds(20), 30);
        StageException refused = assertThrows(StageException.class, () -> resuming.run(bench.sft(20), bench));
        assertTrue(refused.getMessage().contains("the data file sft.jsonl changed"), refused.getMessage());

        StageRecord fresh = bench.session().run(bench.sft(20), bench);
        assertEquals(StageRecord.Status.ACCEPTED, fresh.status());
        assertTrue(fresh.reuseReason().contains("the data file sft.jsonl changed"), fresh.reuseReason());
    }

    @Test
    void keepsAFailedStageAndPassesOnTheTrainersSentenceWithoutControlCharacters() throws Exception {
        bench.environment.put("FAKE_FAIL_AT", "2");
        bench.environment.put("FAKE_MESSAGE", "the loss is NaN at step 2\u001b[2J");
        StageRecord failed = bench.session().run(bench.sft(5), bench);
        assertEquals(StageRecord.Status.FAILED, failed.status());
        assertTrue(failed.message().contains("exit code 70"), failed.message());
        assertTrue(failed.message().contains("the loss is NaN at step 2 [2J"), failed.message());
        assertTrue(Files.exists(workspace.resolve(failed.directory()).resolve(StageFiles.LOG)));
    }

    @Test
    void saysOnlyWhatIsWrongWhereTheTrainerRefusesItsInput() throws Exception {
        bench.environment.put("FAKE_FAIL_AT", "1");
        bench.environment.put("FAKE_EXIT", "64");
        bench.environment.put("FAKE_MESSAGE", "sft.jsonl, line 2: is not JSON.");
        StageRecord failed = bench.session().run(bench.sft(5), bench);
        assertEquals(StageRecord.Status.FAILED, failed.status());
        String log = failed.directory() + "/" + StageFiles.LOG;
        assertEquals(
                "The trainer refuses what it was given: sft.jsonl, line 2: is not JSON; its output is in " + log,
                failed.message());
    }

    @Test
    void keepsMlflowsSecretsFromTheTrainer() throws Exception {
        bench.environment.put("MLFLOW_TRACKING_TOKEN", "secret");
        bench.environment.put("HARMLESS", "1");
        StageRecord record = bench.session().run(bench.sft(1), bench);
        String log = Files.readString(workspace.resolve(record.directory()).resolve(StageFiles.LOG));
        assertTrue(log.contains("HARMLESS"), log);
        assertFalse(log.contains("MLFLOW_TRACKING_TOKEN"), log);
    }

    private Future<StageRecord> start(Callable<StageRecord> work) {
        return pool.submit(work);
    }

    private void awaitStep(int step) throws Exception {
        Bench.until(() -> Files.isDirectory(workspace.resolve("stages"))
                && stageExists()
                && Files.exists(stage().resolve(StageFiles.STATUS))
                && status().step() >= step);
    }

    private boolean stageExists() {
        try (var folders = Files.list(workspace.resolve("stages"))) {
            return folders.anyMatch(folder -> folder.toString().endsWith("-sft"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Path stage() {
        try {
            return bench.stage("sft");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private StageStatus status() {
        try {
            return CanonicalJson.MAPPER.readValue(
                    stage().resolve(StageFiles.STATUS).toFile(), StageStatus.class);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
