package io.jenkins.plugins.cascade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.gate.Gate;
import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.gate.GateVerdict;
import io.jenkins.plugins.cascade.recipe.StageKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleReportTest {
    private static final GateDecision GATE = Decisions.gate(
            Decisions.protect("math", 0.809, 0.279, 0.015, 0.05), Decisions.broken("code", "The fingerprints differ."));

    @Test
    void alignsTheNumbersOfAGate() {
        assertEquals(
                List.of(
                        "Gate: code against math: ERROR",
                        "benchmark  baseline  candidate  difference     95 % bounds  margin  SE/margin  verdict",
                        "math           80.9       27.9       -53.0  [-55.5, -50.5]       5       0.30  REGRESSED",
                        "code              -          -           -               -       3          -  ERROR",
                        "  math changed by -53.0 points: REGRESSED.",
                        "  code: The fingerprints differ.",
                        "The verdict is ERROR."),
                new ConsoleReport(false).gate("Gate: code against math", GATE));
    }

    @Test
    void hasNoControlCharacterWhenItIsPiped() {
        String evil = "a\u001b[2J\r\nb\u202ec\u2028d\u0007";
        GateDecision gate = Decisions.gate(
                Decisions.decision(evil, Gate.Kind.PROTECT, .5, .1, .01, -.42, -.38, .03, GateVerdict.REGRESSED, evil));
        StageRecord stage = StageRecord.builder(evil, StageKind.SFT)
                .scores(Map.of(evil, new ScoreSummary(.5, .1, 9, 1)))
                .status(StageRecord.Status.REJECTED)
                .message(evil)
                .build();
        CascadeRecord cascade =
                CascadeRecord.started("x", 1, "2026-11-24T11:40:23Z").withStage(stage);
        ConsoleReport report = new ConsoleReport(false);
        String all = String.join("", report.gate(evil, gate)) + String.join("", report.summary(cascade));
        assertTrue(all.codePoints().noneMatch(c -> Character.isISOControl(c) || c == 0x202e || c == 0x2028), all);
    }

    @Test
    void coloursOnlyWhenAsked() {
        List<String> lines = new ConsoleReport(true).gate("Gate", GATE);
        assertTrue(lines.get(2).endsWith("  \u001b[31mREGRESSED\u001b[0m"), lines.get(2));
        assertTrue(lines.get(0).contains("\u001b[35mERROR\u001b[0m"));
        assertFalse(String.join("", new ConsoleReport(false).gate("Gate", GATE)).contains("\u001b"));
    }

    @Test
    void summarisesStagesByBenchmarks() {
        StageRecord sft = StageRecord.builder("sft", StageKind.SFT)
                .status(StageRecord.Status.ACCEPTED)
                .reused(true, "same key")
                .scores(Map.of("math", new ScoreSummary(.551, .02, 256, 4)))
                .trainSeconds(63)
                .build();
        StageRecord math = StageRecord.builder("math", StageKind.RLVR).build();
        CascadeRecord cascade = CascadeRecord.started("x", 1, "2026-11-24T11:40:23Z")
                .withStage(sft)
                .withStage(math);
        assertEquals(
                List.of(
                        "stage  math        time  outcome",
                        "sft    55.1  1 min 03 s  Accepted (reused)",
                        "math      -         0 s  Running",
                        "",
                        "Running: Stage math is running. 1 stage accepted so far."),
                new ConsoleReport(false).summary(cascade));
    }

    @Test
    void turnsATableThatIsTooWide() {
        List<String> lines = new ConsoleReport(false).summary(Examples.paper());
        assertTrue(lines.get(0).startsWith("benchmark "));
        assertTrue(lines.stream().allMatch(line -> line.length() <= 110));
        assertTrue(lines.get(5).matches("IFEval +70\\.8 +50\\.1 +90\\.4 +92\\.1 +90\\.7 +90\\.2"), lines.get(5));
    }

    @Test
    void aRowNeedsACellForEachColumn() {
        TextTable table = TextTable.of("lr");
        assertThrows(IllegalArgumentException.class, () -> table.row(List.of("one")));
    }

    @Test
    void cutsALongCell() {
        String line = TextTable.of("l").row(List.of("x".repeat(500))).lines().get(0);
        assertEquals(TextTable.WIDEST, line.length());
    }
}
