package io.jenkins.plugins.cascade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.recipe.StageKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class LineageSectionTest {
    private static StageRecord stage(String name, String parent) {
        return StageRecord.builder(name, StageKind.RLVR)
                .parent(parent)
                .checkpointDigest("sha256:0123456789abcdef")
                .build();
    }

    private static List<List<String>> chains(StageRecord... stages) {
        CascadeRecord cascade =
                CascadeRecord.started("a", 1, "2026-11-24T02:00:00Z").withStages(List.of(stages));
        List<Markup> sections = LineageSection.of(cascade);
        if (sections.isEmpty()) {
            return List.of();
        }
        return Pages.all(Pages.parse(sections.get(0)), "ol").stream()
                .map(chain -> Pages.all(chain, "a").stream()
                        .map(Element::getTextContent)
                        .toList())
                .toList();
    }

    @Test
    void showsTheWayToEveryCheckpointThatNobodyStartedFrom() {
        assertEquals(
                List.of(List.of("sft", "rlhf", "math"), List.of("sft", "code")),
                chains(stage("sft", null), stage("rlhf", "sft"), stage("math", "rlhf"), stage("code", "sft")));
    }

    @Test
    void saysNothingWhereNoStageHasAParent() {
        assertEquals(List.of(), chains(stage("sft", null), stage("other", null)));
    }

    @Test
    void endsWhereAParentIsNotInTheRecordOrTheChainIsACircle() {
        assertEquals(List.of(List.of("b")), chains(stage("b", "gone")));
        assertEquals(List.of(List.of("b", "a", "leaf")), chains(stage("a", "b"), stage("b", "a"), stage("leaf", "a")));
    }

    @Test
    void namesTheBeginningOfTheDigest() {
        CascadeRecord cascade = CascadeRecord.started("a", 1, "2026-11-24T02:00:00Z")
                .withStages(List.of(stage("sft", null), stage("rlhf", "sft")));
        String text = Pages.parse(LineageSection.of(cascade).get(0)).getTextContent();
        assertTrue(text.contains("012345678…"), text);
    }
}
