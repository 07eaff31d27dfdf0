package io.jenkins.plugins.cascade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.gate.GateVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class TrendChartTest {
    private static final double BASELINE = 4;

    private static BuildSummary build(int number, String result, double score, GateVerdict verdict) {
        return new BuildSummary(
                number,
                "2026-11-24T02:00:00Z",
                result,
                "code",
                Map.of("math", new ScoreSummary(score, 0.02, 31, 4)),
                Map.of("math", verdict),
                verdict,
                verdict == GateVerdict.PASS && "SUCCESS".equals(result),
                "");
    }

    private static Element panel(BuildSummary... builds) {
        return Pages.parse(TrendChart.panel("math", new Trend(List.of(builds)), place -> "build/" + place));
    }

    @Test
    void everyBuildStandsWhereTheAxisSaysAndLeadsToItsPage() {
        Element svg = panel(
                build(8, "SUCCESS", 0.50, GateVerdict.PASS),
                build(9, "FAILURE", 0.30, GateVerdict.REGRESSED),
                build(11, "SUCCESS", 0.60, GateVerdict.PASS));
        List<Element> links = Pages.all(svg, "a");
        assertEquals(3, links.size());
        assertEquals("build/2", links.get(2).getAttribute("href"));
        Element last = Pages.all(links.get(2), "circle").get(0);
        assertEquals(Pages.onAxis(svg, "y", BASELINE, 60), Pages.number(last, "cy"), 0.1);
        assertEquals("#11 60.0 ± 4.1 %", Pages.all(links.get(2), "title").get(0).getTextContent());
    }

    @Test
    void theChampionHasTheStarItsScoreAndALineToCompareWith() {
        Element svg = panel(
                build(1, "SUCCESS", 0.50, GateVerdict.PASS),
                build(2, "SUCCESS", 0.60, GateVerdict.PASS),
                build(3, "FAILURE", 0.30, GateVerdict.REGRESSED));
        Element champion = Pages.all(Pages.all(svg, "a").get(1), "circle").get(0);
        String star = Pages.ofClass(svg, "cc-star").get(0).getAttribute("d");
        assertTrue(star.startsWith("M" + champion.getAttribute("cx") + " "), star);
        Element line = Pages.ofClass(svg, "cc-champion").get(0);
        assertEquals(Pages.number(champion, "cy"), Pages.number(line, "y1"), 0.01);
        assertEquals(Pages.number(champion, "cx"), Pages.number(line, "x1"), 0.01);
        assertTrue(Pages.ofClass(svg, "cc-value").stream()
                .anyMatch(value -> value.getTextContent().equals("60.0")));
        assertTrue(
                Pages.all(svg, "desc").get(0).getTextContent().endsWith("; champion #2"),
                Pages.all(svg, "desc").get(0).getTextContent());
    }

    @Test
    void aFailedBuildHangsOnTheLastGoodOneByADottedLine() {
        Element svg = panel(
                build(1, "SUCCESS", 0.50, GateVerdict.PASS),
                build(2, "FAILURE", 0.30, GateVerdict.REGRESSED),
                build(3, "SUCCESS", 0.60, GateVerdict.PASS));
        List<Element> lines = Pages.ofClass(svg, "cc-series");
        assertEquals("3 3", lines.get(0).getAttribute("stroke-dasharray"));
        assertEquals("", lines.get(1).getAttribute("stroke-dasharray"));
        assertEquals(Pages.number(lines.get(0), "x1"), Pages.number(lines.get(1), "x1"), 0.01);
    }

    @Test
    void manyBuildsStayInsideTheirPanelWithFewLabels() {
        List<BuildSummary> builds = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            builds.add(build(950 + i, "SUCCESS", 0.5 + 0.002 * i, GateVerdict.PASS));
        }
        Element svg = Pages.parse(TrendChart.panel("math", new Trend(builds), place -> "x"));
        List<Element> labels = Pages.ofClass(svg, "cc-label").stream()
                .filter(label -> label.getTextContent().startsWith("#"))
                .toList();
        assertTrue(labels.size() <= 9, labels.size() + " labels");
        assertEquals("#1000", labels.get(0).getTextContent());
        for (Element mark : Pages.all(svg, "circle")) {
            assertTrue(Pages.number(mark, "cx") > 34 && Pages.number(mark, "cx") < 328);
        }
    }

    @Test
    void withoutAScoreItSaysSo() {
        Element svg = panel(BuildSummary.unreadable(4, "damaged"));
        assertEquals("No build has a score", Pages.all(svg, "desc").get(0).getTextContent());
        assertTrue(Pages.all(svg, "circle").isEmpty());
    }
}
