package io.jenkins.plugins.cascade.gate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Compares two score files under a policy file: the whole of {@code cascade gate} except its arguments.
 *
 * @param decision the finding
 */
public record ScoreComparison(GateDecision decision) {

    /**
     * Reads the three files and judges the candidate at the first look. A file that cannot be used is the verdict ERROR, like any
     * other comparison that cannot be made.
     *
     * @param baseline score lines of the baseline
     * @param candidate score lines of the candidate
     * @param gates the policy, as {@code GATES.json}
     */
    public static ScoreComparison of(Path baseline, Path candidate, Path gates) {
        try {
            Baseline known = Baseline.file(baseline);
            GateEvaluator.Stage stage = new GateEvaluator.Stage("candidate", known.reference());
            return new ScoreComparison(new GateEvaluator()
                    .evaluate(known.scores(), ScoreFile.read(candidate), GatePolicy.read(gates), 1, List.of(), stage));
        } catch (IOException e) {
            return new ScoreComparison(GateDecision.error(message(e)));
        }
    }

    /** The decision as JSON, ended by a line feed. */
    public String json() {
        return GateJson.write(decision) + "\n";
    }

    /** The decision as a table with its sentences. */
    public String text() {
        return GateTable.write(decision);
    }

    /** 0 for PASS, 1 for REGRESSED, 2 for INCONCLUSIVE, 3 for ERROR. */
    public int exitCode() {
        return decision.verdict().exitCode();
    }

    /** What is wrong with a file, one sentence. */
    static String message(IOException e) {
        return e instanceof InvalidInputException ? e.getMessage() : "A file cannot be read: " + e + ".";
    }
}
