package io.jenkins.plugins.cascade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class ScoreChartTest {
    /** Half a tick label's height: labels stand 4 units below their line. */
    private static final double BASELINE = 4;

    /** Two-sided 95 % quantile of Student's t with 30 degrees of freedom, from a printed table. */
    private static final double T30 = 2.042;

    private static ScorePoint point(String label, double mean, double error, int parent) {
        return new ScorePoint(label, new ScoreSummary(mean, error, 31, 8), Tone.PLAIN, parent, true);
    }

    @Test
    void drawsMeansAndIntervalsWhereTheAxisSaysTheyAre() {
        Element svg = Pages.parse(
                ScoreChart.panel("math", List.of(point("sft", 0.55, 0.02, -1), point("rl", 0.80, 0.01, 0))));
        List<Element> marks = Pages.all(svg, "circle");
        assertEquals(2, marks.size());
        assertEquals(Pages.onAxis(svg, "y", BASELINE, 55), Pages.number(marks.get(0), "cy"), 0.1);
        assertEquals(Pages.onAxis(svg, "y", BASELINE, 80), Pages.number(marks.get(1), "cy"), 0.1);
        Element whisker = Pages.ofClass(svg, "cc-stroke").get(0);
        assertEquals(Pages.onAxis(svg, "y", BASELINE, 55 + 2 * T30), Pages.number(whisker, "y1"), 0.1);
        assertEquals(Pages.onAxis(svg, "y", BASELINE, 55 - 2 * T30), Pages.number(whisker, "y2"), 0.1);
    }

    @Test
    void joinsAStageWithItsParentAndNotWithTheOneBefore() {
        List<ScorePoint> points = List.of(point("sft", 0.5, 0, -1), point("a", 0.6, 0, 0), point("b", 0.7, 0, 0));
        Element svg = Pages.parse(ScoreChart.panel("math", points));
        List<Element> marks = Pages.all(svg, "circle");
        List<Element> lines = Pages.ofClass(svg, "cc-series");
        assertEquals(2, lines.size());
        for (Element line : lines) {
            assertEquals(Pages.number(marks.get(0), "cx"), Pages.number(line, "x1"), 0.01);
        }
        assertEquals(Pages.number(marks.get(2), "cx"), Pages.number(lines.get(1), "x2"), 0.01);
    }

    @Test
    void leavesOutScoresThatAreNoNumbersAndSaysWhenThereIsNone() {
        ScorePoint none = point("sft", Double.NaN, Double.NaN, -1);
        Element svg = Pages.parse(ScoreChart.panel("math", List.of(none, point("a", Double.POSITIVE_INFINITY, 1, 0))));
        assertTrue(Pages.all(svg, "circle").isEmpty());
        assertEquals("No stage has a score", Pages.all(svg, "desc").get(0).getTextContent());
    }

    @Test
    void drawsNoWhiskerWithoutAStandardError() {
        Element svg = Pages.parse(ScoreChart.panel("math", List.of(point("sft", 0.5, Double.NaN, -1))));
        assertTrue(Pages.ofClass(svg, "cc-stroke").isEmpty());
        assertEquals("sft 50.0 %", Pages.all(svg, "desc").get(0).getTextContent());
    }

    @Test
    void keepsEverythingInsideThePictureForManyStagesAndExtremeScores() {
        List<ScorePoint> points = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            points.add(point("a stage with quite a long name " + i, i % 2, 0.4, i - 1));
        }
        Element svg = Pages.parse(ScoreChart.panel("a benchmark whose name is longer than the panel is wide", points));
        for (Element mark : Pages.all(svg, "circle")) {
            assertTrue(Pages.number(mark, "cx") > ScoreChart.LEFT && Pages.number(mark, "cx") < ScoreChart.RIGHT);
            assertTrue(Pages.number(mark, "cy") >= ScoreChart.TOP && Pages.number(mark, "cy") <= ScoreChart.BOTTOM);
        }
        for (Element whisker : Pages.ofClass(svg, "cc-stroke")) {
            assertTrue(Pages.number(whisker, "y1") >= ScoreChart.TOP - 0.01);
            assertTrue(Pages.number(whisker, "y2") <= ScoreChart.BOTTOM + 0.01);
        }
    }

    @Test
    void isAPictureWithATitleAndADescriptionForScreenReaders() {
        Element svg = Pages.parse(ScoreChart.panel("math", List.of(point("sft", 0.5, 0.01, -1))));
        assertEquals("img", svg.getAttribute("role"));
        assertEquals("title", svg.getFirstChild().getNodeName());
        assertEquals("sft 50.0 ± 2.0 %", Pages.all(svg, "desc").get(0).getTextContent());
    }

    @Test
    void marksARegressionByShapeAndADeadEndByADottedLine() {
        ScorePoint bad = new ScorePoint("b", new ScoreSummary(0.3, 0.01, 31, 8), Tone.BAD, 0, false);
        Element svg = Pages.parse(ScoreChart.panel("math", List.of(point("a", 0.5, 0.01, -1), bad)));
        assertEquals(1, Pages.all(svg, "path").size());
        assertFalse(Pages.ofClass(svg, "cc-series")
                .get(0)
                .getAttribute("stroke-dasharray")
                .isEmpty());
    }
}
