package io.jenkins.plugins.cascade.gate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of a comparison, fixed before the scores are seen.
 *
 * @param alpha chance of a false pass at the margin, over all looks and candidates, in (0, 0.5)
 * @param power chance with which an unchanged model should pass, in (0.5, 1); used for planning numbers only
 * @param gates one per benchmark
 * @param tolerances declared trade-offs of this stage, at most one per protected benchmark
 * @param maxLooks planned looks, 1 to 3; each doubles the samples on both sides and spends alpha / maxLooks
 * @param candidates how many checkpoints were tried on these items before this one was chosen, at least 1; alpha is divided by it
 * @param selfStandardErrors standard error of a comparison of the baseline with itself under other seeds, by benchmark; empty when
 *     no such run was made
 */
public record GatePolicy(
        double alpha,
        double power,
        List<Gate> gates,
        List<Tolerance> tolerances,
        int maxLooks,
        int candidates,
        Map<String, Double> selfStandardErrors) {

    /** Error rate used when a policy names none. */
    public static final double DEFAULT_ALPHA = 0.05;

    /** Power used when a policy names none. */
    public static final double DEFAULT_POWER = 0.80;

    private static final int MOST_LOOKS = 3;

    /**
     * Checks that the policy is complete and consistent.
     *
     * @throws IllegalArgumentException with one sentence that says what to change
     */
    public GatePolicy {
        gates = List.copyOf(gates);
        tolerances = List.copyOf(tolerances);
        selfStandardErrors = Map.copyOf(selfStandardErrors);
        check(alpha > 0 && alpha < 0.5, "alpha is " + alpha + ": give a value above 0 and below 0.5, normally 0.05.");
        check(power > 0.5 && power < 1, "power is " + power + ": give a value above 0.5 and below 1, normally 0.8.");
        check(!gates.isEmpty(), "The policy has no gates: name at least one benchmark.");
        check(maxLooks >= 1 && maxLooks <= MOST_LOOKS, "maxLooks is " + maxLooks + ": plan 1, 2 or 3 looks.");
        check(candidates >= 1, "candidates is " + candidates + ": give the number of checkpoints tried, at least 1.");
        checkGates(gates);
        checkTolerances(gates, tolerances);
        selfStandardErrors.forEach((benchmark, error) -> check(
                error >= 0 && error < 1,
                "The standard error of " + benchmark + " against itself is " + error + ": give a fraction."));
    }

    /** One look, one candidate, the usual alpha and power, no trade-offs. */
    public static GatePolicy of(Gate... gates) {
        return new GatePolicy(DEFAULT_ALPHA, DEFAULT_POWER, List.of(gates), List.of(), 1, 1, Map.of());
    }

    /** The same policy with these trade-offs. */
    public GatePolicy withTolerances(List<Tolerance> newTolerances) {
        return new GatePolicy(alpha, power, gates, newTolerances, maxLooks, candidates, selfStandardErrors);
    }

    /** The same policy with this many planned looks, 1 to 3. */
    public GatePolicy withMaxLooks(int looks) {
        return new GatePolicy(alpha, power, gates, tolerances, looks, candidates, selfStandardErrors);
    }

    /** The same policy with the standard errors of a comparison of the baseline with itself. */
    public GatePolicy withSelfStandardErrors(Map<String, Double> errors) {
        return new GatePolicy(alpha, power, gates, tolerances, maxLooks, candidates, errors);
    }

    /**
     * Reads a policy in the form of {@code GATES.json}.
     *
     * @throws IOException when the file cannot be read or is not a valid policy; the message says where and what to change
     */
    public static GatePolicy read(Path file) throws IOException {
        return GatePolicyFile.read(file);
    }

    /**
     * The planned look with this number.
     *
     * @throws IllegalArgumentException when it was not planned
     */
    public Look look(int number) {
        return new Look(number, maxLooks, alpha / maxLooks / candidates);
    }

    /** The trade-off declared for a benchmark. */
    Optional<Tolerance> toleranceFor(String benchmark) {
        return tolerances.stream().filter(t -> t.benchmark().equals(benchmark)).findFirst();
    }

    private static void checkGates(List<Gate> gates) {
        Set<String> seen = new HashSet<>();
        for (Gate gate : gates) {
            check(seen.add(gate.benchmark()), gate.benchmark() + " has two gates: keep one.");
        }
    }

    private static void checkTolerances(List<Gate> gates, List<Tolerance> tolerances) {
        Set<String> seen = new HashSet<>();
        for (Tolerance tolerance : tolerances) {
            String benchmark = tolerance.benchmark();
            check(seen.add(benchmark), benchmark + " has two tolerances: keep one.");
            Gate gate = gates.stream()
                    .filter(g -> g.benchmark().equals(benchmark) && g.kind() == Gate.Kind.PROTECT)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("A tolerance names " + benchmark
                            + ", which is not protected: protect it or drop the tolerance."));
            check(
                    tolerance.maxDrop() > gate.margin(),
                    "The tolerance for " + benchmark + " allows a drop of " + tolerance.maxDrop()
                            + ", not more than its margin " + gate.margin() + ": raise maxDrop or drop the tolerance.");
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
