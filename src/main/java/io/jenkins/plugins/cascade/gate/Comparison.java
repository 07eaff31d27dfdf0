package io.jenkins.plugins.cascade.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One look at one candidate against one baseline. */
final class Comparison {

    private final Map<String, BenchmarkScores> baseline;
    private final Map<String, BenchmarkScores> candidate;
    private final GatePolicy policy;
    private final Look look;

    Comparison(
            Map<String, BenchmarkScores> baseline,
            Map<String, BenchmarkScores> candidate,
            GatePolicy policy,
            Look look) {
        this.baseline = baseline;
        this.candidate = candidate;
        this.policy = policy;
        this.look = look;
    }

    GateDecision decide(List<FrozenDebt> carried, GateEvaluator.Stage stage) {
        DebtLedger ledger = new DebtLedger(stage, look.alpha());
        ledger.collect(carried, candidate);
        return decide(ledger);
    }

    /** The comparison with a further baseline: debts of earlier stages are not collected again, and are not in the decision. */
    GateDecision decideBeside(List<Debt> owed, GateEvaluator.Stage stage) {
        DebtLedger ledger = new DebtLedger(stage, look.alpha());
        ledger.know(owed);
        return decide(ledger);
    }

    private GateDecision decide(DebtLedger ledger) {
        Map<String, Assessment> assessments = new LinkedHashMap<>();
        Map<String, String> errors = new LinkedHashMap<>();
        for (Gate gate : policy.gates()) {
            String benchmark = gate.benchmark();
            try {
                assessments.put(
                        benchmark,
                        Assessment.of(benchmark, baseline.get(benchmark), candidate.get(benchmark), look.alpha()));
            } catch (InvalidScoresException e) {
                errors.put(benchmark, e.getMessage());
            }
        }
        List<BenchmarkDecision> decisions = judge(assessments, errors);
        ledger.open(decisions, baseline);
        GateVerdict verdict = verdict(decisions, errors.isEmpty(), ledger);
        return new GateDecision(
                verdict,
                decisions,
                Pooling.of(List.copyOf(assessments.values()), look.alpha()),
                ledger.debts(),
                Wording.summary(verdict, decisions, ledger, ungated()),
                look);
    }

    private List<String> ungated() {
        Set<String> names = new TreeSet<>(candidate.keySet());
        policy.gates().forEach(gate -> names.remove(gate.benchmark()));
        return List.copyOf(names);
    }

    private List<BenchmarkDecision> judge(Map<String, Assessment> assessments, Map<String, String> errors) {
        Map<String, Boolean> warnings = warnings(assessments);
        List<BenchmarkDecision> decisions = new ArrayList<>();
        for (Gate gate : policy.gates()) {
            String benchmark = gate.benchmark();
            decisions.add(
                    errors.containsKey(benchmark)
                            ? BenchmarkDecision.error(gate, errors.get(benchmark))
                            : new Judgement(gate, assessments.get(benchmark), policy, look)
                                    .decide(warnings.get(benchmark)));
        }
        return decisions;
    }

    private Map<String, Boolean> warnings(Map<String, Assessment> assessments) {
        boolean[] rejected = Holm.rejected(
                assessments.values().stream()
                        .mapToDouble(Assessment::degradationP)
                        .toArray(),
                look.alpha());
        Map<String, Boolean> warnings = new LinkedHashMap<>();
        for (String benchmark : assessments.keySet()) {
            warnings.put(benchmark, rejected[warnings.size()]);
        }
        return warnings;
    }

    /** A watched benchmark's regression does not count, but one that cannot be compared does: something is wrong with the run. */
    private static GateVerdict verdict(List<BenchmarkDecision> decisions, boolean comparable, DebtLedger ledger) {
        GateVerdict verdict = (comparable ? GateVerdict.PASS : GateVerdict.ERROR).and(ledger.verdict());
        for (BenchmarkDecision decision : decisions) {
            if (decision.decides()) {
                verdict = verdict.and(decision.verdict());
            }
        }
        return verdict;
    }
}
