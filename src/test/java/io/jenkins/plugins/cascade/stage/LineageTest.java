package io.jenkins.plugins.cascade.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.recipe.Digests;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.report.StageRecord;
import io.jenkins.plugins.cascade.track.TrackingEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where a checkpoint comes from, as its own folder tells it. */
@Timeout(120)
class LineageTest {
    @TempDir
    static Path workspace;

    private static StageRecord sft;
    private static StageRecord math;

    @TempDir
    Path elsewhere;

    @BeforeAll
    static void trainTwoStages() throws Exception {
        try (Bench bench = new Bench(workspace)) {
            CascadeSession session = bench.session();
            sft = session.run(bench.sft(2), bench);
            math = session.run(bench.rlvr(Reaction.FAIL, Reaction.FAIL), bench);
        }
    }

    @Test
    void leadsFromTheCheckpointBackToTheBaseModel() throws Exception {
        FoundLineage found = found(math);
        Lineage lineage = found.lineage();
        assertEquals(
                List.of("sft", "math"),
                lineage.generations().stream().map(Generation::stage).toList());
        assertEquals("model", lineage.ancestor().name());
        assertTrue(lineage.ancestor().base());
        assertEquals(
                Digests.ofFolder(workspace.resolve("model")), lineage.ancestor().digest());
        Generation last = lineage.last();
        assertEquals(math.checkpointDigest(), last.checkpointDigest());
        assertEquals(sft.checkpointDigest(), last.parentDigest());
        assertEquals("PASS", last.verdict());
        assertEquals("accepted", last.status());
        assertEquals(new Generation.Origin("test", 1, null), last.origin());
        assertEquals(
                new Generation.Source("prompts", "prompts.jsonl", Digests.ofFile(workspace.resolve("prompts.jsonl"))),
                last.data().get(0));
        assertEquals(FoundLineage.Weights.THOSE, found.weights());
        assertEquals(sft.checkpointDigest(), math.modelDigest());
    }

    @Test
    void namesNoPathOfTheMachine() throws Exception {
        String file = Files.readString(checkpoint(math).resolve(LineageFile.NAME));
        assertFalse(file.contains(workspace.toString()), file);
    }

    @Test
    void printsTheCheckpointAtTheTopAndTheBaseModelAtTheBottom() throws Exception {
        List<String> lines = LineageText.lines(found(math).lineage());
        assertEquals("math (rlvr math): accepted, gate PASS", lines.get(0));
        assertTrue(lines.contains("└─ sft (sft): accepted, gate NONE"), lines.toString());
        assertEquals("   └─ base model model", lines.get(lines.size() - 2));
        assertTrue(lines.toString().contains("optimizer.learningRate"), lines.toString());
    }

    @Test
    void goesWithACopyOfTheFolderAndNoticesChangedWeights() throws Exception {
        Path copy = elsewhere.resolve("copy");
        Bench.copy(checkpoint(math), copy);
        assertEquals(
                FoundLineage.Weights.THOSE,
                FoundLineage.of(copy.toString(), TrackingEnvironment.none()).weights());
        Files.writeString(copy.resolve("config.json"), "changed");
        FoundLineage changed = FoundLineage.of(copy.toString(), TrackingEnvironment.none());
        assertEquals(FoundLineage.Weights.OTHERS, changed.weights());
        assertTrue(changed.sentence().contains("are NOT those of the lineage"), changed.sentence());
    }

    @Test
    void goesOnFromACopyThatAnotherWorkspaceStartsFrom() throws Exception {
        Path other = elsewhere.resolve("other");
        try (Bench second = new Bench(other)) {
            Files.delete(other.resolve("model/config.json"));
            Bench.copy(checkpoint(math), other.resolve("model"));
            StageRecord record = second.session().run(second.sft(3), second);
            Lineage lineage = FoundLineage.of(other.resolve(record.checkpoint()).toString(), TrackingEnvironment.none())
                    .lineage();
            assertEquals(
                    List.of("sft", "math", "sft"),
                    lineage.generations().stream().map(Generation::stage).toList());
        }
    }

    @Test
    void saysThatAncestorsAreMissing() throws Exception {
        StageSpec spec =
                new StageDirectory(workspace.resolve(math.directory())).spec().orElseThrow();
        Lineage lineage = LineageFile.first(spec, Generation.trained(spec, math.checkpointDigest(), null), false);
        assertFalse(lineage.ancestor().base());
        assertTrue(
                LineageText.lines(lineage).toString().contains("whose own ancestors are missing"),
                LineageText.lines(lineage).toString());
    }

    @Test
    void refusesAFolderWithoutALineageAndAForgedOne() throws Exception {
        StageException none = assertThrows(
                StageException.class,
                () -> FoundLineage.of(workspace.resolve("model").toString(), TrackingEnvironment.none()));
        assertTrue(none.getMessage().contains("the model was not made by a stage"), none.getMessage());
        Path copy = elsewhere.resolve("forged");
        Bench.copy(checkpoint(math), copy);
        Path file = copy.resolve(LineageFile.NAME);
        String parent = "\"parentDigest\":\"" + sft.checkpointDigest();
        assertTrue(Files.readString(file).contains(parent));
        Files.writeString(file, Files.readString(file).replace(parent, "\"parentDigest\":\"" + sft.key()));
        StageException forged =
                assertThrows(StageException.class, () -> FoundLineage.of(copy.toString(), TrackingEnvironment.none()));
        assertTrue(forged.getMessage().contains("is not what a trainer writes"), forged.getMessage());
    }

    private FoundLineage found(StageRecord stage) throws Exception {
        return FoundLineage.of(workspace.resolve(stage.directory()).toString(), TrackingEnvironment.none());
    }

    private Path checkpoint(StageRecord stage) {
        return workspace.resolve(stage.checkpoint());
    }
}
