package io.jenkins.plugins.cascade.report;

import io.jenkins.plugins.cascade.gate.BenchmarkDecision;
import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.gate.GateVerdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one build came to, small enough to keep many: a point of the trend.
 *
 * @param number build number
 * @param startedAt ISO 8601 in UTC; empty where the record cannot be read
 * @param result Jenkins' result; null while it runs, or where the record cannot be read
 * @param stage the stage whose checkpoint the scores belong to: the candidate of the final gate, otherwise the last one that has scores;
 *     null where there is none
 * @param scores its scores, benchmark to score
 * @param verdicts what the final gate said of each benchmark
 * @param verdict the final gate's verdict; null where there was no gate
 * @param qualifies whether the build can be the {@link Champion}
 * @param problem why the record cannot be read; empty where it can
 */
public record BuildSummary(
        int number,
        String startedAt,
        String result,
        String stage,
        Map<String, ScoreSummary> scores,
        Map<String, GateVerdict> verdicts,
        GateVerdict verdict,
        boolean qualifies,
        String problem) {
    private static final List<String> GOOD_ENDS = List.of("SUCCESS", "UNSTABLE");

    public BuildSummary {
        scores = RecordCheck.map(scores);
        verdicts = Map.copyOf(verdicts);
    }

    /** The summary of a build's record. */
    public static BuildSummary of(int number, CascadeRecord cascade) {
        GateDecision gate = Champion.finalGate(cascade).orElse(null);
        Map<String, GateVerdict> verdicts = new HashMap<>();
        if (gate != null) {
            gate.benchmarks().forEach((BenchmarkDecision row) -> verdicts.put(row.benchmark(), row.verdict()));
        }
        StageRecord stage = judged(cascade);
        return new BuildSummary(
                number,
                cascade.startedAt(),
                cascade.result(),
                stage == null ? null : stage.name(),
                stage == null ? Map.of() : stage.scores(),
                verdicts,
                gate == null ? null : gate.verdict(),
                Champion.qualifies(cascade),
                "");
    }

    /** A build whose record cannot be read. */
    public static BuildSummary unreadable(int number, String problem) {
        return new BuildSummary(number, "", null, null, Map.of(), Map.of(), null, false, problem);
    }

    /** Whether the record could be read. */
    public boolean readable() {
        return problem.isEmpty();
    }

    /** Whether the build ended and its checkpoint stands. */
    boolean endedWell() {
        return result != null && GOOD_ENDS.contains(result);
    }

    private static StageRecord judged(CascadeRecord cascade) {
        List<GateRecord> gates = cascade.gates();
        if (!gates.isEmpty()) {
            StageRecord candidate =
                    cascade.stage(gates.get(gates.size() - 1).candidate()).orElse(null);
            if (candidate != null && !candidate.scores().isEmpty()) {
                return candidate;
            }
        }
        return cascade.stages().stream()
                .filter(stage -> !stage.scores().isEmpty())
                .reduce((earlier, later) -> later)
                .orElse(null);
    }
}
