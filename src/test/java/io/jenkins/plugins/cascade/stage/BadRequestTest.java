package io.jenkins.plugins.cascade.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.report.StageRecord;
import io.jenkins.plugins.cascade.track.Tracker;
import io.jenkins.plugins.cascade.track.TrackingEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each wrong request ends in one sentence before anything is trained. */
@Timeout(60)
class BadRequestTest {
    @TempDir
    Path workspace;

    private Bench bench;

    @BeforeEach
    void prepare() throws Exception {
        bench = new Bench(workspace);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void namesAMissingDataFile() throws Exception {
        Files.delete(workspace.resolve("sft.jsonl"));
        assertEquals(
                "The data file of the stage 'sft' is not there: no file " + workspace.resolve("sft.jsonl"),
                refused(bench.sft(2)));
    }

    @Test
    void namesAMissingModel() throws Exception {
        Files.delete(workspace.resolve("model/config.json"));
        Files.delete(workspace.resolve("model"));
        assertTrue(refused(bench.sft(2)).contains("no folder " + workspace.resolve("model")));
    }

    @Test
    void namesFileAndLineOfABenchmarkThatIsNotJson() throws Exception {
        Files.writeString(workspace.resolve("items.jsonl"), "{\"id\":\"1\"}\n{\"id\":\n");
        String sentence = refused(bench.sft(2));
        assertTrue(sentence.startsWith(workspace.resolve("items.jsonl") + ", line 2: not JSON"), sentence);
    }

    @Test
    void namesAVerifierThatTheTrainerDoesNotHave() throws Exception {
        Files.writeString(workspace.resolve("items.jsonl"), "{\"verifier\":{\"type\":\"poetry\"}}\n");
        String sentence = refused(bench.sft(2));
        assertTrue(sentence.contains("'poetry'") && sentence.contains("it has math"), sentence);
    }

    @Test
    void asksForAModelWhenThereIsNoEarlierStage() throws Exception {
        String sentence = refused(bench.rlvr(Reaction.FAIL, Reaction.FAIL));
        assertTrue(sentence.contains("has nothing to start from"), sentence);
    }

    @Test
    void refusesTwoStagesOfOneName() throws Exception {
        CascadeSession session = bench.session();
        session.run(bench.sft(2), bench);
        StageException refused = assertThrows(StageException.class, () -> session.run(bench.sft(3), bench));
        assertTrue(refused.getMessage().contains("two stages named 'sft'"), refused.getMessage());
    }

    @Test
    void refusesAnUnknownParent() throws Exception {
        StageRequest request = bench.sft(2);
        StageRequest orphan = new StageRequest(
                request.kind(),
                request.name(),
                null,
                null,
                "nobody",
                List.of(new DataRequest(DataRole.SFT, "sft.jsonl")),
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
        CascadeSession session = bench.session();
        StageException refused = assertThrows(StageException.class, () -> session.run(orphan, bench));
        assertTrue(refused.getMessage().contains("'nobody'"), refused.getMessage());
    }

    @Test
    void saysThatAWorkspaceCannotBeWrittenWhenAFileIsInTheWay() throws Exception {
        Files.writeString(workspace.resolve("stages"), "in the way");
        StageException refused = assertThrows(StageException.class, bench::session);
        assertTrue(refused.getMessage().startsWith("The workspace " + workspace + " cannot be written"));
    }

    @Test
    void saysThatAWorkspaceIsReadOnly() throws Exception {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may write anywhere");
        Path readOnly = Files.createDirectory(workspace.resolve("read-only"));
        Files.setPosixFilePermissions(readOnly, PosixFilePermissions.fromString("r-xr-xr-x"));
        CascadeOptions options = CascadeOptions.local(readOnly, bench.buildDirectory(1), "test", 1);
        try (Tracker tracker = Tracker.open(bench.buildDirectory(1).resolve("j"), TrackingEnvironment.none())) {
            StageException refused = assertThrows(
                    StageException.class,
                    () -> CascadeSession.open(options, new LocalTrainerLauncher(environment -> Map.of()), tracker));
            assertTrue(refused.getMessage().contains("cannot be written"), refused.getMessage());
        }
    }

    private String refused(StageRequest request) throws Exception {
        CascadeSession session = bench.session();
        StageException refused = assertThrows(StageException.class, () -> session.run(request, bench));
        assertEquals(0, bench.launches.get());
        StageRecord record = session.record().stage(request.name()).orElseThrow();
        assertEquals(StageRecord.Status.FAILED, record.status());
        assertEquals(refused.getMessage(), record.message());
        return refused.getMessage();
    }
}
