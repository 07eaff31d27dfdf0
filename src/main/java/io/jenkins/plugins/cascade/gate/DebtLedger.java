package io.jenkins.plugins.cascade.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The debts that go into a comparison and come out of it. */
final class DebtLedger {

    private final GateEvaluator.Stage stage;
    private final double alpha;
    private final List<Debt> known = new ArrayList<>();
    private final List<Debt> debts = new ArrayList<>();
    private final List<String> sentences = new ArrayList<>();
    private GateVerdict verdict = GateVerdict.PASS;

    DebtLedger(GateEvaluator.Stage stage, double alpha) {
        this.stage = stage;
        this.alpha = alpha;
    }

    /** Tests the debts that are due against their frozen baselines. */
    void collect(List<FrozenDebt> carried, Map<String, BenchmarkScores> candidate) {
        for (FrozenDebt frozen : carried) {
            debts.add(frozen.debt().dueAt(stage.name()) ? collect(frozen, candidate) : frozen.debt());
        }
    }

    /** Takes note of debts of earlier stages that are kept elsewhere, so that none of them is rolled over. */
    void know(List<Debt> owed) {
        known.addAll(owed);
    }

    private Debt collect(FrozenDebt frozen, Map<String, BenchmarkScores> candidate) {
        Debt debt = frozen.debt();
        try {
            Interval interval = interval(frozen, candidate.get(debt.benchmark()));
            GateVerdict repayment = Zones.nonInferiority(interval, debt.margin());
            verdict = verdict.and(repayment);
            sentences.add(Wording.repayment(debt, interval, repayment));
            return repayment == GateVerdict.PASS ? debt.repaidBy(stage.name()) : debt.overdue();
        } catch (InvalidScoresException e) {
            verdict = GateVerdict.ERROR;
            sentences.add("The debt on " + debt.benchmark() + " from " + debt.openedBy() + " cannot be tested: "
                    + e.getMessage());
            return debt.overdue();
        }
    }

    private Interval interval(FrozenDebt frozen, BenchmarkScores candidate) throws InvalidScoresException {
        Debt debt = frozen.debt();
        if (frozen.baseline() == null) {
            throw new InvalidScoresException("its frozen baseline " + debt.baseline()
                    + " was not found; restore it or evaluate that model again.");
        }
        if (!frozen.baseline().digest().equals(debt.baselineDigest())) {
            throw new InvalidScoresException("the scores at " + debt.baseline()
                    + " are not those that were frozen; restore the file that the debt names.");
        }
        return Assessment.of(debt.benchmark(), frozen.baseline(), candidate, alpha)
                .interval();
    }

    /** Opens a debt for every tolerance that was used, unless the benchmark already owes: a debt is not rolled over. */
    void open(List<BenchmarkDecision> decisions, Map<String, BenchmarkScores> baseline) {
        for (BenchmarkDecision decision : decisions) {
            boolean used = decision.tolerance() != null && decision.verdict() == GateVerdict.PASS;
            if (used && !owes(decision.benchmark())) {
                debts.add(newDebt(decision, baseline.get(decision.benchmark())));
            }
        }
    }

    private boolean owes(String benchmark) {
        return Stream.concat(known.stream(), debts.stream())
                .anyMatch(d -> d.benchmark().equals(benchmark) && d.blocksRelease());
    }

    private Debt newDebt(BenchmarkDecision decision, BenchmarkScores frozen) {
        Tolerance tolerance = decision.tolerance();
        return new Debt(
                decision.benchmark(),
                stage.baseline(),
                frozen.digest(),
                decision.baseline(),
                -decision.difference(),
                decision.margin(),
                stage.name(),
                tolerance.recoverBy(),
                tolerance.reason(),
                Debt.Status.OPEN,
                null);
    }

    /** The verdict of the debts that were due. */
    GateVerdict verdict() {
        return verdict;
    }

    List<Debt> debts() {
        return List.copyOf(debts);
    }

    /** One sentence for every debt that was due. */
    List<String> sentences() {
        return List.copyOf(sentences);
    }
}
