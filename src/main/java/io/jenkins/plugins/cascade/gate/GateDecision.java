package io.jenkins.plugins.cascade.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The gate's finding on a whole comparison.
 *
 * @param verdict the worst verdict of the benchmarks that decide, of the debts that are due and of the further comparisons
 * @param benchmarks one decision per gate, in the order of the policy
 * @param pooled all benchmarks together, or null when no benchmark could be compared
 * @param debts debts carried into this comparison with their new state, then those that it opened
 * @param summarySentence the finding for a reader
 * @param look which planned look this was
 * @param further the same candidate against further baselines; empty where there is one
 */
public record GateDecision(
        GateVerdict verdict,
        List<BenchmarkDecision> benchmarks,
        PooledDecision pooled,
        List<Debt> debts,
        String summarySentence,
        Look look,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FurtherDecision> further) {

    /** Copies the lists; what a record of an earlier version does not say is empty. */
    public GateDecision {
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(summarySentence, "summarySentence");
        Objects.requireNonNull(look, "look");
        benchmarks = List.copyOf(benchmarks);
        debts = List.copyOf(debts);
        further = further == null ? List.of() : List.copyOf(further);
    }

    /** A comparison with one baseline. */
    public GateDecision(
            GateVerdict verdict,
            List<BenchmarkDecision> benchmarks,
            PooledDecision pooled,
            List<Debt> debts,
            String summarySentence,
            Look look) {
        this(verdict, benchmarks, pooled, debts, summarySentence, look, List.of());
    }

    /**
     * The same with the comparisons with further baselines: the worst verdict of all, the debts of all.
     *
     * @param baseline who this decision's own baseline is, for a reader
     */
    GateDecision with(String baseline, List<FurtherDecision> others) {
        if (others.isEmpty()) {
            return this;
        }
        GateVerdict worst = verdict;
        List<Debt> all = new ArrayList<>(debts);
        List<FurtherDecision> bare = new ArrayList<>();
        for (FurtherDecision other : others) {
            GateDecision its = other.decision();
            worst = worst.and(its.verdict());
            all.addAll(its.debts());
            bare.add(new FurtherDecision(
                    other.baseline(),
                    new GateDecision(
                            its.verdict, its.benchmarks, its.pooled, List.of(), its.summarySentence, its.look)));
        }
        String sentence = Wording.severalBaselines(worst, baseline, this, bare);
        return new GateDecision(worst, benchmarks, pooled, all, sentence, look, bare);
    }

    /** True when the checkpoint may be released: the verdict is PASS and nothing is owed. */
    public boolean releasable() {
        return verdict == GateVerdict.PASS && debts.stream().noneMatch(Debt::blocksRelease);
    }

    /** True when more samples were planned for and are needed: the verdict is INCONCLUSIVE and another look is left. */
    public boolean wantsMoreSamples() {
        return verdict == GateVerdict.INCONCLUSIVE && look.hasNext();
    }

    /** Names of the deciding benchmarks that are neither passed nor regressed nor in error. */
    public List<String> undecided() {
        Set<String> names = new LinkedHashSet<>();
        benchmarks.stream()
                .filter(b -> b.decides() && b.verdict() == GateVerdict.INCONCLUSIVE)
                .forEach(b -> names.add(b.benchmark()));
        further.forEach(other -> names.addAll(other.decision().undecided()));
        return List.copyOf(names);
    }

    /**
     * True when the verdict is INCONCLUSIVE for want of evidence only: every undecided benchmark fell by less than half its margin,
     * no drop is shown anywhere, and the gate could have decided. A chain may then go on with a visible mark.
     */
    public boolean leansToPass() {
        return verdict == GateVerdict.INCONCLUSIVE
                && !undecided().isEmpty()
                && debts.stream().noneMatch(debt -> debt.status() == Debt.Status.OVERDUE)
                && noSignOfLoss()
                && further.stream().allMatch(other -> other.decision().noSignOfLoss());
    }

    private boolean noSignOfLoss() {
        return benchmarks.stream().filter(BenchmarkDecision::decides).allMatch(GateDecision::noSignOfLoss);
    }

    private static boolean noSignOfLoss(BenchmarkDecision decision) {
        boolean small = decision.verdict() == GateVerdict.PASS || decision.difference() >= -decision.margin() / 2;
        return small && !decision.warning() && !decision.refused();
    }

    /** A comparison that could not even begin, for example because a file cannot be read. */
    public static GateDecision error(String sentence) {
        Look first = new Look(1, 1, GatePolicy.DEFAULT_ALPHA);
        return new GateDecision(GateVerdict.ERROR, List.of(), null, List.of(), sentence, first);
    }
}
