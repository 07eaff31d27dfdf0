package io.jenkins.plugins.cascade.gate;

import java.util.List;
import java.util.Objects;

/**
 * The gate's finding on a whole comparison.
 *
 * @param verdict the worst verdict of the benchmarks that decide and of the debts that are due
 * @param benchmarks one decision per gate, in the order of the policy
 * @param pooled all benchmarks together, or null when no benchmark could be compared
 * @param debts debts carried into this comparison with their new state, then those that it opened
 * @param summarySentence the finding for a reader
 * @param look which planned look this was
 */
public record GateDecision(
        GateVerdict verdict,
        List<BenchmarkDecision> benchmarks,
        PooledDecision pooled,
        List<Debt> debts,
        String summarySentence,
        Look look) {

    /** Copies the lists. */
    public GateDecision {
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(summarySentence, "summarySentence");
        Objects.requireNonNull(look, "look");
        benchmarks = List.copyOf(benchmarks);
        debts = List.copyOf(debts);
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
        return benchmarks.stream()
                .filter(b -> b.decides() && b.verdict() == GateVerdict.INCONCLUSIVE)
                .map(BenchmarkDecision::benchmark)
                .toList();
    }

    /**
     * True when the verdict is INCONCLUSIVE for want of evidence only: every undecided benchmark fell by less than half its margin,
     * no drop is shown anywhere, and the gate could have decided. A chain may then go on with a visible mark.
     */
    public boolean leansToPass() {
        return verdict == GateVerdict.INCONCLUSIVE
                && !undecided().isEmpty()
                && debts.stream().noneMatch(debt -> debt.status() == Debt.Status.OVERDUE)
                && benchmarks.stream().filter(BenchmarkDecision::decides).allMatch(GateDecision::noSignOfLoss);
    }

    private static boolean noSignOfLoss(BenchmarkDecision decision) {
        boolean small = decision.verdict() == GateVerdict.PASS || decision.difference() >= -decision.margin() / 2;
        return small && !decision.warning() && !decision.refused();
    }

    /** A comparison that could not even begin, for example because a file cannot be read. */
    static GateDecision error(String sentence) {
        Look first = new Look(1, 1, GatePolicy.DEFAULT_ALPHA);
        return new GateDecision(GateVerdict.ERROR, List.of(), null, List.of(), sentence, first);
    }
}
