package io.jenkins.plugins.cascade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.recipe.StageKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkdownReportTest {
    @Test
    void aStageSaysWhyInItsFirstLineAndThenShowsTheTable() {
        StageRecord stage = StageRecord.builder("code", StageKind.RLVR)
                .status(StageRecord.Status.REJECTED)
                .gate(Decisions.gate(Decisions.protect("math", 0.809, 0.279, 0.015, 0.05)), "parent")
                .message("math fell.")
                .build();
        assertEquals(
                """
                **Rejected: code** math fell.

                | Benchmark | Baseline | Candidate | Difference | 95 % bounds | Margin | SE/margin | Verdict |
                |---|---:|---:|---:|---:|---:|---:|---|
                | math | 80.9 | 27.9 | −53.0 | \\[−55.5, −50.5\\] | 5 | 0.30 | REGRESSED |

                ```text
                math                        ├─●┤                             ┊  │
                                          │ no change   ┊ margin or required gain   ├─●─┤ bounds
                ```

                Scores in %, differences and margins in percentage points.
                - math changed by -53.0 points&#58; REGRESSED.
                """,
                MarkdownReport.stage(stage));
    }

    @Test
    void aGateOfTwoStagesSaysWhyInItsFirstLine() {
        GateRecord gate = new GateRecord(
                "final",
                "sft",
                "code",
                Decisions.gate(Decisions.protect("math", .8, .3, .01, .03)),
                "fail",
                "fail",
                StageRecord.Status.REJECTED,
                "");

        assertTrue(
                MarkdownReport.comparison(gate)
                        .startsWith(
                                "**Rejected: final (code against sft)** math changed by -50.0 points&#58; REGRESSED.\n"),
                MarkdownReport.comparison(gate));
    }

    @Test
    void aStageWithoutAGateShowsItsScores() {
        StageRecord stage = StageRecord.builder("sft", StageKind.SFT)
                .status(StageRecord.Status.ACCEPTED)
                .scores(Map.of("math", new ScoreSummary(.551, .02, 256, 4)))
                .build();
        String text = MarkdownReport.stage(stage);
        assertTrue(text.startsWith("**Accepted: sft**\n\n| Stage | math | Outcome |\n"), text);
        assertTrue(text.contains("| sft | 55.1 ± 2.0 | Accepted |"), text);
    }

    @Test
    void escapesWhatMarkdownAndHtmlWouldTakeForMarkup() {
        String escaped = MarkdownReport.escape("a|b `c` [x](http://e) <img> **d** @team #1 ~e~ \n\u202e$f$ https://g");
        assertEquals(
                "a\\|b \\`c\\` \\[x\\](http&#58;//e) &lt;img&gt; \\*\\*d\\*\\* @\u200Bteam #\u200B1 \\~e\\~   \\$f\\$ https&#58;//g",
                escaped);
    }

    @Test
    void aHostileNameDoesNotBreakTheTable() {
        StageRecord stage = StageRecord.builder("x\n| y |\n# z", StageKind.SFT)
                .scores(Map.of("m|\nn", new ScoreSummary(.5, .1, 9, 1)))
                .build();
        String text = MarkdownReport.stage(stage);
        assertFalse(text.contains("\n# z"));
        assertEquals(7, text.lines().count(), text);
    }

    @Test
    void aCascadeListsEveryGate() {
        String text = MarkdownReport.cascade(Examples.paper());
        assertTrue(text.startsWith("**Unstable** "), text);
        assertEquals(5, text.split("### ", -1).length - 1);
    }
}
