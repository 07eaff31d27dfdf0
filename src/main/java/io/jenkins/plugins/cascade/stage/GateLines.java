package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.report.ConsoleReport;

/** A gate's answer in the log. */
final class GateLines {
    private GateLines() {}

    static void print(StageHost host, String gate, String candidate, String baseline, GateDecision decision) {
        String title = "[" + gate + "] gate: " + candidate + " against " + baseline;
        new ConsoleReport(host.interactive()).gate(title, decision).forEach(host::line);
    }
}
