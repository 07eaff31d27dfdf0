package io.jenkins.plugins.cascade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.recipe.StageKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class StageLinesTest {
    private static List<Element> lines(StageRecord... stages) {
        CascadeRecord cascade =
                CascadeRecord.started("a", 1, "2026-11-24T02:00:00Z").withStages(List.of(stages));
        return Pages.all(Pages.parse(StageLines.of(cascade)), "li");
    }

    private static StageRecord judged(StageRecord.Status status, GateDecision decision) {
        return StageRecord.builder("math", StageKind.RLVR)
                .status(status)
                .gate(decision, "parent")
                .build();
    }

    @Test
    void namesTheGreatestChangeOfAPassWithItsBounds() {
        Element line = lines(judged(
                        StageRecord.Status.ACCEPTED,
                        Decisions.gate(
                                Decisions.protect("code", 0.8, 0.81, 0.01, 0.05),
                                Decisions.protect("math", 0.5, 0.65, 0.01, 0.05))))
                .get(0);
        assertEquals("math Accepted math +15.0 points [+13.4, +16.6]", line.getTextContent());
        assertEquals(1, Pages.all(line, "svg").size());
    }

    @Test
    void namesTheLossThatDecidedAndNotTheGreaterGain() {
        Element line = lines(judged(
                        StageRecord.Status.REJECTED,
                        Decisions.gate(
                                Decisions.protect("math", 0.5, 0.9, 0.01, 0.05),
                                Decisions.protect("code", 0.8, 0.6, 0.01, 0.05))))
                .get(0);
        assertEquals("math Rejected code −20.0 points [−21.6, −18.4] REGRESSED", line.getTextContent());
    }

    @Test
    void saysWhyWhereThereAreNoNumbers() {
        StageRecord broken = judged(
                StageRecord.Status.REJECTED, Decisions.gate(Decisions.broken("math", "The fingerprints differ.")));
        StageRecord failed = StageRecord.builder("sft", StageKind.SFT)
                .status(StageRecord.Status.FAILED)
                .message("The loss is not a number at step 3.")
                .build();
        List<Element> lines = lines(broken, failed);
        assertEquals("math Rejected The verdict is ERROR.", lines.get(0).getTextContent());
        assertEquals(
                "sft Failed The loss is not a number at step 3.", lines.get(1).getTextContent());
    }

    @Test
    void linksMlflowOnlyWhereTheAddressIsOneOfTheWeb() {
        StageRecord web = StageRecord.builder("a", StageKind.SFT)
                .mlflowUrl("https://mlflow.example.org/run")
                .build();
        StageRecord script = StageRecord.builder("b", StageKind.SFT)
                .mlflowUrl("javascript:alert(1)")
                .build();
        List<Element> lines = lines(web, script);
        assertEquals(
                "https://mlflow.example.org/run",
                Pages.all(lines.get(0), "a").get(0).getAttribute("href"));
        assertTrue(Pages.all(lines.get(1), "a").isEmpty());
    }

    @Test
    void manyStagesAreCutWithTheirNumber() {
        List<StageRecord> stages = new ArrayList<>();
        for (int i = 0; i < 45; i++) {
            stages.add(StageRecord.builder("stage " + i, StageKind.SFT).build());
        }
        List<Element> lines = lines(stages.toArray(new StageRecord[0]));
        assertEquals(31, lines.size());
        assertEquals("… and 15 more", lines.get(30).getTextContent());
    }
}
