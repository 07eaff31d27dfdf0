package io.jenkins.plugins.cascade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.gate.BenchmarkDecision;
import io.jenkins.plugins.cascade.gate.Gate;
import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.gate.GateVerdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class ForestPlotTest {
    @Test
    void drawsIntervalDifferenceAndMarginWhereTheAxisSaysTheyAre() {
        BenchmarkDecision math = Decisions.protect("math", 0.80, 0.75, 0.01, 0.03);
        GateDecision decision = Decisions.gate(math, Decisions.protect("code", 0.5, 0.6, 0.02, 0.03));
        ForestPlot plot = ForestPlot.of(decision);
        Element axis = Pages.parse(plot.axis());
        Element row = Pages.parse(plot.row(math));
        Element interval = Pages.ofClass(row, "cc-stroke").get(0);
        assertEquals(Pages.onAxis(axis, "x", 0, -5 - 1.645), Pages.number(interval, "x1"), 0.1);
        assertEquals(Pages.onAxis(axis, "x", 0, -5 + 1.645), Pages.number(interval, "x2"), 0.1);
        Element limit = Pages.ofClass(row, "cc-limit").get(0);
        assertEquals(Pages.onAxis(axis, "x", 0, -3), Pages.number(limit, "x1"), 0.1);
        Element zone = Pages.ofClass(row, "cc-zone").get(0);
        assertEquals(Pages.number(limit, "x1"), Pages.number(zone, "width"), 0.01);
        Element zero = Pages.ofClass(row, "cc-axis").get(0);
        assertEquals(Pages.onAxis(axis, "x", 0, 0), Pages.number(zero, "x1"), 0.1);
    }

    @Test
    void holdsATargetAgainstItsRequiredGain() {
        BenchmarkDecision target = new BenchmarkDecision(
                "math",
                Gate.Kind.TARGET,
                256,
                .5,
                .6,
                .1,
                .01,
                .08,
                .12,
                0,
                Double.POSITIVE_INFINITY,
                .9,
                .03,
                9,
                false,
                GateVerdict.PASS,
                "paired t",
                "",
                0.05,
                .01,
                256,
                4,
                4,
                .9,
                false,
                null);
        assertEquals(0.05, ForestPlot.limit(target));
        assertEquals("gain > 5", GateRow.of(target).limit());
        assertEquals(Figures.NONE, GateRow.of(target).resolution());
    }

    @Test
    void aBrokenBenchmarkHasALimitAndNoInterval() {
        BenchmarkDecision broken = Decisions.broken("code", "The fingerprints differ.");
        Element row = Pages.parse(ForestPlot.of(Decisions.gate(broken)).row(broken));
        assertTrue(Pages.ofClass(row, "cc-stroke").isEmpty());
        assertEquals(1, Pages.ofClass(row, "cc-limit").size());
        assertEquals(
                List.of("No difference could be computed"),
                Pages.all(row, "desc").stream().map(Element::getTextContent).toList());
    }
}
