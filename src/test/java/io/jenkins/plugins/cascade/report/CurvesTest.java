package io.jenkins.plugins.cascade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.recipe.StageKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurvesTest {
    @TempDir
    Path workspace;

    private static String event(int step, String metrics) {
        return "{\"kind\":\"step\",\"phase\":\"sft\",\"step\":" + step
                + ",\"totalSteps\":9,\"timeMillis\":1,\"metrics\":{" + metrics + "},\"message\":\"\"}";
    }

    private static StageRecord stage(StageRecord.Status status) {
        return StageRecord.builder("sft", StageKind.SFT)
                .status(status)
                .directory("s")
                .build();
    }

    private Curves read(StageRecord.Status status, String text) throws IOException {
        Files.createDirectories(workspace.resolve("s"));
        Files.writeString(workspace.resolve("s/events.jsonl"), text);
        return Curves.of(stage(status), workspace);
    }

    @Test
    void readsWhatIsGoodAndCountsWhatIsNot() throws IOException {
        String text = String.join(
                "\n",
                event(1, "\"train/loss\":2.5"),
                "not json",
                event(2, "\"train/loss\":\"NaN\""),
                event(2, "\"train/loss\":1e300"),
                event(2, "\"train/loss\":null"),
                event(2, "\"train/loss\":1.5").replace("\"sft\"", "null"),
                "{\"kind\":\"step\"}",
                "null",
                event(3, "\"train/loss\":1.25") + " trailing",
                "x".repeat(70_000),
                "",
                event(4, "\"train/loss\":1.0"),
                "");
        Curves curves = read(StageRecord.Status.ACCEPTED, text);
        Curve loss = curves.phases().get("sft").get("train/loss");
        assertEquals(2, loss.size());
        assertEquals(4, loss.step(1));
        assertEquals(1.0, loss.value(1));
        assertEquals(9, curves.left().unreadable());
    }

    @Test
    void refusesBytesThatAreNotUtf8() throws IOException {
        Files.createDirectories(workspace.resolve("s"));
        byte[] line = event(1, "\"a?\":1").getBytes(StandardCharsets.ISO_8859_1);
        line[new String(line, StandardCharsets.ISO_8859_1).indexOf('?')] = (byte) 0xFF;
        Files.write(workspace.resolve("s/events.jsonl"), line);
        assertEquals(
                1,
                Curves.of(stage(StageRecord.Status.ACCEPTED), workspace).left().unreadable());
    }

    @Test
    void aLastLineStillBeingWrittenIsNoFault() throws IOException {
        String text = event(1, "\"train/loss\":2.5") + "\n{\"kind\":\"st";
        assertEquals(0, read(StageRecord.Status.RUNNING, text).left().unreadable());
        assertEquals(1, read(StageRecord.Status.FAILED, text).left().unreadable());
    }

    @Test
    void aResumeReplacesTheStepsThatAreDoneAgain() throws IOException {
        Curves curves = read(
                StageRecord.Status.ACCEPTED,
                event(1, "\"l\":1") + "\n" + event(2, "\"l\":2") + "\n" + event(3, "\"l\":3") + "\n"
                        + event(2, "\"l\":20") + "\n");
        Curve curve = curves.phases().get("sft").get("l");
        assertEquals(2, curve.size());
        assertEquals(20, curve.value(1));
    }

    @Test
    void aLinkOutOfTheWorkspaceIsNotFollowed() throws IOException {
        Path outside = Files.createTempDirectory("outside");
        Path secret = Files.writeString(outside.resolve("events.jsonl"), event(1, "\"l\":1"));
        try {
            Files.createDirectories(workspace.resolve("s"));
            Files.createSymbolicLink(workspace.resolve("s/events.jsonl"), secret);
            IOException refusal =
                    assertThrows(IOException.class, () -> Curves.of(stage(StageRecord.Status.ACCEPTED), workspace));
            assertTrue(refusal.getMessage().contains("not a regular file inside the workspace"));
        } finally {
            Files.delete(secret);
            Files.delete(outside);
        }
    }

    @Test
    void aStageWithoutEventsHasNoCurves() throws IOException {
        Curves curves = Curves.of(stage(StageRecord.Status.RUNNING), workspace);
        assertTrue(curves.phases().isEmpty());
        assertEquals(JsonLines.Left.NOTHING, curves.left());
    }

    @Test
    void aReducedCurveKeepsItsEndsAndItsPeak() {
        Curve curve = new Curve();
        for (int step = 1; step <= 10_000; step++) {
            curve.add(step, step == 7_003 ? 50 : Math.sin(step / 500.0));
        }
        Curve reduced = curve.reduced(400);
        assertEquals(400, reduced.size());
        assertEquals(1, reduced.step(0));
        assertEquals(10_000, reduced.step(399));
        assertEquals(50, reduced.greatest());
    }

    @Test
    void keepsAtMostSoManyCurvesOfAPhase() throws IOException {
        StringBuilder metrics = new StringBuilder("\"m0\":1");
        for (int i = 1; i < 200; i++) {
            metrics.append(",\"m").append(i).append("\":1");
        }
        Curves curves = read(StageRecord.Status.ACCEPTED, event(1, metrics.toString()) + "\n");
        assertEquals(Curves.MOST_CURVES, curves.phases().get("sft").size());
        assertEquals(List.of("sft"), List.copyOf(curves.phases().keySet()));
    }
}
