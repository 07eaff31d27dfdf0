package io.jenkins.plugins.cascade.gate;

import java.util.ArrayList;
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
        checkTolerances(policy, stage.name());
        return new Comparison(baseline, candidate, policy, policy.look(look)).decide(carried, stage);
    }

    /**
     * Judges a candidate against several baselines: each comparison stands for itself, and the worst verdict is the verdict of all.
     * Every comparison must pass, so none of them is corrected for the others (an intersection-union test).
     *
     * @param baselines at least one; debts that are due are collected once, with the first
     * @param candidate scores of the new model, by benchmark
     * @param look number of this look, from 1
     * @param carried debts of earlier stages with their frozen baselines
     * @param stage name of the stage that made the candidate
     * @throws IllegalArgumentException when there is no baseline, the look was not planned, or a tolerance is to be recovered by this
     *     very stage
     */
    public GateDecision evaluate(
            List<Against> baselines,
            Map<String, BenchmarkScores> candidate,
            int look,
            List<FrozenDebt> carried,
            String stage) {
        if (baselines.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to compare with: name at least one baseline.");
        }
        Against first = baselines.get(0);
        GateDecision decision =
                evaluate(first.scores(), candidate, first.policy(), look, carried, new Stage(stage, first.reference()));
        List<Debt> owed = decision.debts().subList(0, carried.size());
        List<FurtherDecision> further = new ArrayList<>();
        for (Against other : baselines.subList(1, baselines.size())) {
            checkTolerances(other.policy(), stage);
            Comparison comparison = new Comparison(
                    other.scores(), candidate, other.policy(), other.policy().look(look));
            further.add(new FurtherDecision(
                    other.name(), comparison.decideBeside(owed, new Stage(stage, other.reference()))));
        }
        return decision.with(first.name(), further);
    }

    private static void checkTolerances(GatePolicy policy, String stage) {
        for (Tolerance tolerance : policy.tolerances()) {
            if (tolerance.recoverBy().equals(stage)) {
                throw new IllegalArgumentException("The tolerance for " + tolerance.benchmark()
                        + " is to be recovered by " + stage + " itself: name a later stage.");
            }
        }
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
