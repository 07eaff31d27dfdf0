package io.jenkins.plugins.cascade.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ForestTextTest {
    @Test
    void drawsEveryBenchmarkOnOneAxis() {
        List<String> lines = ForestText.lines(Decisions.gate(
                Decisions.protect("math", .50, .50, .010, .05), Decisions.protect("code", .50, .52, .005, .05)));

        assertEquals(3, lines.size());
        String math = lines.get(0);
        String code = lines.get(1);
        assertTrue(math.startsWith("math ") && code.startsWith("code "), lines::toString);
        assertEquals(math.indexOf('┊'), code.indexOf('┊'), "both have the same margin");
        assertTrue(math.indexOf('┊') < math.indexOf('├'), math);
        assertTrue(math.indexOf('├') < math.indexOf('●') && math.indexOf('●') < math.indexOf('┤'), math);
        assertTrue(code.indexOf('│') < code.indexOf('├'), "a gain that is shown lies right of no change: " + code);
        assertTrue(code.indexOf('●') > math.indexOf('●'), "a larger difference stands further right");
    }

    @Test
    void leavesOutWhatHasNoNumbers() {
        assertEquals(List.of(), ForestText.lines(Decisions.gate(Decisions.broken("math", "No scores."))));
    }

    @Test
    void aNameEndsNoBlockOfCode() {
        List<String> lines = ForestText.lines(Decisions.gate(
                Decisions.protect("```\n# x", .5, .5, .01, .05),
                Decisions.protect("a-benchmark-with-a-very-long-name", .5, .5, .01, .05)));

        assertFalse(String.join("\n", lines).contains("```"));
        assertEquals(3, lines.size());
        assertTrue(lines.get(1).startsWith("a-benchmark-with-a-very…  "), lines.get(1));
    }
}
