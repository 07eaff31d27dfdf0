package io.jenkins.plugins.cascade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.cascade.recipe.DataFile;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.StageKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CascadeFileTest {
    private static final String START = "2026-11-24T11:40:23Z";

    @TempDir
    Path folder;

    private static CascadeRecord full() {
        StageRecord sft = StageRecord.builder("sft", StageKind.SFT)
                .status(StageRecord.Status.ACCEPTED)
                .key("sha256:aa")
                .checkpoint("stages/sft/checkpoints/final")
                .directory("stages/sft")
                .data(List.of(new DataFile(DataRole.SFT, "data/sft.jsonl", "sha256:bb")))
                .settings(JsonNodeFactory.instance.objectNode().put("steps", 650))
                .scores(Map.of("math", new ScoreSummary(0.55, 0.02, 256, 4)))
                .trainSeconds(63.5)
                .build();
        StageRecord math = StageRecord.builder("math", StageKind.RLVR)
                .domain("math")
                .parent("sft")
                .status(StageRecord.Status.REJECTED)
                .gate(
                        Decisions.gate(Decisions.protect("math", 0.8, 0.3, 0.02, 0.03), Decisions.broken("code", "x")),
                        "parent")
                .policy("fail", "unstable")
                .build();
        return CascadeRecord.started("nightly", 7, START)
                .withStage(sft)
                .withStage(math)
                .withGate(new GateRecord(
                        "final", "sft", "math", Decisions.gate(), "fail", "fail", StageRecord.Status.ACCEPTED, null))
                .withCommit("abc")
                .withMlflowUrl("http://127.0.0.1:5000")
                .withResult("FAILURE", "2026-11-24T12:00:00Z");
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        Path file = folder.resolve("deep/cascade.json");
        CascadeFile.write(full(), file);
        assertEquals(full(), CascadeFile.read(file));
    }

    @Test
    void leavesNoTemporaryFileAndReplacesTheOldOne() throws IOException {
        Path file = folder.resolve(CascadeFile.NAME);
        CascadeFile.write(CascadeRecord.started("a", 0, START), file);
        CascadeFile.write(full(), file);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
        assertEquals("nightly", CascadeFile.read(file).cascade());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[1]",
                "{\"schema\":2,\"cascade\":\"a\",\"build\":1,\"startedAt\":\"2026-11-24T11:40:23Z\"}",
                "{\"schema\":1,\"cascade\":\"a\",\"build\":1,\"startedAt\":\"yesterday\"}",
                "{\"schema\":1,\"cascade\":\"a\",\"build\":1,\"startedAt\":\"2026-11-24T11:40:23Z\",\"what\":1}",
                "{\"schema\":1,\"cascade\":\"a\",\"cascade\":\"b\",\"build\":1,\"startedAt\":\"2026-11-24T11:40:23Z\"}",
                "{\"schema\":1,\"cascade\":\"a\",\"build\":1,\"startedAt\":\"2026-11-24T11:40:23Z\"} x"
            })
    void refusesWhatIsNotARecordAndNamesTheFile(String text) throws IOException {
        Path file = Files.writeString(folder.resolve(CascadeFile.NAME), text);
        IOException refusal = assertThrows(IOException.class, () -> CascadeFile.read(file));
        assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
    }

    @Test
    void refusesAFileAboveTheCap() throws IOException {
        Path file = Files.write(folder.resolve(CascadeFile.NAME), new byte[CascadeFile.MAX_BYTES + 1]);
        IOException refusal = assertThrows(IOException.class, () -> CascadeFile.read(file));
        assertTrue(refusal.getMessage().contains("larger than"), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc", "../up", "a/../../b", "C:/windows", "a\\b", ""})
    void refusesADirectoryOutsideTheWorkspace(String directory) {
        StageRecordBuilder stage = StageRecord.builder("sft", StageKind.SFT).directory(directory);
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, stage::build);
        assertTrue(refusal.getMessage().startsWith("directory must be a path inside"), refusal.getMessage());
    }

    @Test
    void refusesTwoStagesOfOneName() {
        StageRecord sft = StageRecord.builder("sft", StageKind.SFT).build();
        CascadeRecord cascade = CascadeRecord.started("a", 0, START);
        assertThrows(IllegalArgumentException.class, () -> cascade.withStages(List.of(sft, sft)));
    }

    @Test
    void aStageReplacesTheOneOfItsName() {
        StageRecord running = StageRecord.builder("sft", StageKind.SFT).build();
        StageRecord done =
                running.toBuilder().status(StageRecord.Status.ACCEPTED).build();
        CascadeRecord cascade =
                CascadeRecord.started("a", 0, START).withStage(running).withStage(done);
        assertEquals(List.of(done), cascade.stages());
        assertEquals(done, cascade.stage("sft").orElseThrow());
    }
}
