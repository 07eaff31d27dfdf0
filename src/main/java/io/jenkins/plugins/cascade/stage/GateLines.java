package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.gate.GateTable;
import io.jenkins.plugins.cascade.report.StageRecord;
import java.util.Locale;

/** A gate's answer in the log. */
final class GateLines {
    private GateLines() {}

    static void print(
            StageHost host,
            String gate,
            String candidate,
            String baseline,
            GateDecision decision,
            Judgement judgement) {
        host.line("[" + gate + "] gate: " + candidate + " against " + baseline);
        GateTable.write(decision).lines().map(line -> "  " + line).forEach(host::line);
        if (judgement.status() != StageRecord.Status.ACCEPTED
                || !judgement.message().isEmpty()) {
            host.line("[" + gate + "] " + judgement.status().name().toLowerCase(Locale.ROOT));
        }
    }
}
