package io.jenkins.plugins.cascade.gate;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Compares a candidate's scores with a baseline's under a policy. */
public final class GateEvaluator {

    /**
     * Judges a comparison that carries no debts.
     *
     * @param baseline scores of the model that must not be fallen behind, by benchmark
     * @param candidate scores of the new model, by benchmark
     * @param policy what is asked
     * @param look number of this look, from 1
     * @throws IllegalArgumentException when the look was not planned
     */
    public GateDecision evaluate(
            Map<String, BenchmarkScores> baseline,
            Map<String, BenchmarkScores> candidate,
            GatePolicy policy,
            int look) {
        return evaluate(baseline, candidate, policy, look, List.of(), new Stage("candidate", "baseline"));
    }

    /**
     * Judges a comparison and the debts that are due at it.
     *
     * @param baseline scores of the model that must not be fallen behind, by benchmark
     * @param candidate scores of the new model, by benchmark
     * @param policy what is asked
     * @param look number of this look, from 1
     * @param carried debts of earlier stages with their frozen baselines
     * @param stage the stage that made the candidate
     * @throws IllegalArgumentException when the look was not planned, or a tolerance is to be recovered by this very stage
     */
    public GateDecision evaluate(
            Map<String, BenchmarkScores> baseline,
            Map<String, BenchmarkScores> candidate,
            GatePolicy policy,
            int look,
            List<FrozenDebt> carried,
            Stage stage) {
        for (Tolerance tolerance : policy.tolerances()) {
            if (tolerance.recoverBy().equals(stage.name())) {
                throw new IllegalArgumentException("The tolerance for " + tolerance.benchmark()
                        + " is to be recovered by " + stage.name() + " itself: name a later stage.");
            }
        }
        return new Comparison(baseline, candidate, policy, policy.look(look)).decide(carried, stage);
    }

    /**
     * Who is compared with what.
     *
     * @param name name of the stage that made the candidate, as tolerances name it
     * @param baseline reference under which the baseline's scores can be found again (a stage, a run, a file); written into the
     *     debts that are opened
     */
    public record Stage(String name, String baseline) {

        /** Checks that both are there. */
        public Stage {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(baseline, "baseline");
        }
    }
}
