package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.Gate;
import io.jenkins.plugins.cascade.gate.GatePolicy;
import io.jenkins.plugins.cascade.gate.Tolerance;
import io.jenkins.plugins.cascade.recipe.BenchmarkSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is asked of a stage's benchmarks, settled before it is trained. A gate of the stage replaces its parent's gate of the same
 * benchmark; the parent's others go on, its targets protected at their margin; the paper's benchmarks have default margins; any other
 * benchmark that both stages share must be given a gate, so that nothing goes unguarded unnoticed.
 *
 * @param policy what is decided against the parent; empty where the two are not compared
 * @param gates what later stages inherit
 * @param unguarded benchmarks with a gate that this stage does not evaluate
 */
record GatePlan(Optional<GatePolicy> policy, List<Gate> gates, List<String> unguarded) {

    /**
     * Settles the gates of a stage.
     *
     * @param parent the stage it is compared with, or null
     * @throws StageException with one sentence when a gate is missing, names an unknown benchmark or cannot be decided
     */
    static GatePlan of(StageRequest request, ParentStage parent, List<BenchmarkSpec> benchmarks) throws StageException {
        Map<String, BenchmarkSpec> own = byName(benchmarks);
        boolean compared = parent != null && request.comparesWithParent();
        Map<String, BenchmarkSpec> before = compared ? byName(parent.benchmarks()) : Map.of();
        Map<String, Gate> gates = inherited(parent == null ? List.of() : parent.gates());
        for (Gate gate : Optional.ofNullable(request.gates()).orElse(List.of())) {
            checkKnown(request, gate.benchmark(), own, before, compared ? parent : null);
            gates.put(gate.benchmark(), gate);
        }
        List<Gate> decided = new ArrayList<>();
        for (BenchmarkSpec benchmark : own.values()) {
            String name = benchmark.name();
            if (before.containsKey(name)) {
                gates.computeIfAbsent(name, GatePlan::byDefault);
                decided.add(required(request, name, gates.get(name)));
                checkComparable(request, parent, benchmark, before.get(name));
            }
        }
        List<String> unguarded =
                gates.keySet().stream().filter(name -> !own.containsKey(name)).toList();
        List<Gate> inherit = gates.values().stream().filter(Objects::nonNull).toList();
        List<Tolerance> tolerances = compared || request.baselines() == null ? request.tolerances() : List.of();
        return new GatePlan(policy(request, decided, tolerances), inherit, unguarded);
    }

    /**
     * What is asked of the stage against each of its baselines.
     *
     * @param parent name of the stage that it builds on, or null
     * @param benchmarks what the stage is evaluated on
     * @throws StageException with one sentence when a baseline lacks scores that a gate needs, or has other items or settings
     */
    List<GateSide> sides(
            StageRequest request, String parent, List<ComparedBaseline> baselines, List<BenchmarkSpec> benchmarks)
            throws StageException {
        List<GateSide> sides = new ArrayList<>();
        for (ComparedBaseline baseline : baselines) {
            boolean isParent = baseline.isStage() && baseline.name().equals(parent);
            Optional<GatePolicy> asked =
                    isParent && request.comparesWithParent() ? policy : against(request, baseline, benchmarks);
            if (asked.isPresent()) {
                sides.add(new GateSide(baseline, asked.get()));
            } else if (request.baselines() != null) {
                throw nothing("stage '" + request.name() + "'", baseline);
            }
        }
        return sides;
    }

    private Optional<GatePolicy> against(
            StageRequest request, ComparedBaseline baseline, List<BenchmarkSpec> benchmarks) throws StageException {
        Map<String, Gate> named = new LinkedHashMap<>();
        gates.forEach(gate -> named.put(gate.benchmark(), gate));
        Map<String, BenchmarkSpec> before =
                baseline.isStage() ? byName(baseline.stage().spec().benchmarks()) : Map.of();
        String who = "stage '" + request.name() + "'";
        List<Gate> decided = new ArrayList<>();
        for (BenchmarkSpec benchmark : benchmarks) {
            String name = benchmark.name();
            Gate gate = named.containsKey(name) ? named.get(name) : byDefault(name);
            if (baseline.scores().containsKey(name)) {
                if (gate == null) {
                    throw noGate(who, name);
                }
                decided.add(gate);
                if (before.containsKey(name)) {
                    checkComparable(request, baseline.stage().asParent(), benchmark, before.get(name));
                }
            } else {
                checkScored(who, gate, baseline);
            }
        }
        List<Tolerance> tolerances = request.tolerances().stream()
                .filter(tolerance -> decided.stream()
                        .anyMatch(gate -> gate.kind() == Gate.Kind.PROTECT
                                && gate.benchmark().equals(tolerance.benchmark())))
                .toList();
        return decided.isEmpty() ? Optional.empty() : policy(request, decided, tolerances);
    }

    /** A stage may have been evaluated on less; a file or an earlier build that lacks what a gate needs is the wrong one, or was cut. */
    private static void checkScored(String who, Gate gate, ComparedBaseline baseline) throws StageException {
        if (!baseline.isStage() && gate != null && gate.kind() != Gate.Kind.WATCH) {
            throw new StageException("The baseline '" + baseline.name() + "' of the " + who + " has no scores of '"
                    + gate.benchmark() + "', which has a gate; name another baseline, or evaluate that one on it");
        }
    }

    private static StageException nothing(String who, ComparedBaseline baseline) {
        return new StageException(
                "The " + who + " has nothing to compare with '" + baseline.name() + "': they share no benchmark");
    }

    /** The gates of a comparison of two finished stages, under the same rules. */
    static GatePolicy between(GateRequest request, AcceptedStage candidate, ComparedBaseline baseline)
            throws StageException {
        return between(request, Contender.of(candidate, List.of()), baseline);
    }

    /** The gates of a comparison of two finished models, under the same rules. */
    static GatePolicy between(GateRequest request, Contender candidate, ComparedBaseline baseline)
            throws StageException {
        Map<String, Gate> gates = inherited(candidate.gates());
        for (Gate gate : Optional.ofNullable(request.gates()).orElse(List.of())) {
            String name = gate.benchmark();
            if (!candidate.scores().containsKey(name) || !baseline.scores().containsKey(name)) {
                throw new StageException("The gate '" + request.name() + "' names '" + name + "', but '"
                        + candidate.name() + "' and '" + baseline.name() + "' were not both evaluated on it");
            }
            gates.put(name, gate);
        }
        List<Gate> decided = new ArrayList<>();
        for (String name : candidate.scores().keySet()) {
            if (baseline.scores().containsKey(name)) {
                Gate gate = gates.containsKey(name) ? gates.get(name) : byDefault(name);
                if (gate == null) {
                    throw noGate("gate '" + request.name() + "'", name);
                }
                decided.add(gate);
            } else {
                checkScored("gate '" + request.name() + "'", gates.get(name), baseline);
            }
        }
        if (decided.isEmpty()) {
            throw new StageException("The gate '" + request.name() + "' has nothing to compare: '" + candidate.name()
                    + "' and '" + baseline.name() + "' share no benchmark");
        }
        return GatePolicy.of(decided.toArray(new Gate[0]));
    }

    private static Map<String, BenchmarkSpec> byName(List<BenchmarkSpec> benchmarks) {
        Map<String, BenchmarkSpec> named = new LinkedHashMap<>();
        benchmarks.forEach(benchmark -> named.put(benchmark.name(), benchmark));
        return named;
    }

    private static Map<String, Gate> inherited(List<Gate> before) {
        Map<String, Gate> gates = new LinkedHashMap<>();
        for (Gate gate : before) {
            if (gate.kind() != Gate.Kind.TARGET) {
                gates.put(gate.benchmark(), gate);
            } else if (gate.margin() > 0) {
                gates.put(gate.benchmark(), Gate.protect(gate.benchmark(), gate.margin()));
            }
        }
        return gates;
    }

    private static Gate byDefault(String benchmark) {
        return DefaultMargins.of(benchmark)
                .map(margin -> Gate.protect(benchmark, margin))
                .orElse(null);
    }

    private static Gate required(StageRequest request, String benchmark, Gate gate) throws StageException {
        if (gate == null) {
            throw noGate("stage '" + request.name() + "'", benchmark);
        }
        return gate;
    }

    private static StageException noGate(String who, String benchmark) {
        return new StageException("The " + who + " has no gate for the benchmark '" + benchmark
                + "': add gate(benchmark: '" + benchmark
                + "', margin: POINTS), or the same with kind: 'watch' if it may fall");
    }

    private static void checkKnown(
            StageRequest request,
            String benchmark,
            Map<String, BenchmarkSpec> own,
            Map<String, BenchmarkSpec> before,
            ParentStage parent)
            throws StageException {
        if (!own.containsKey(benchmark)) {
            throw new StageException("The stage '" + request.name() + "' has a gate for '" + benchmark
                    + "', which is not one of its benchmarks");
        }
        if (parent != null && !before.containsKey(benchmark)) {
            throw new StageException("The stage '" + request.name() + "' has a gate for '" + benchmark + "', but '"
                    + parent.name() + "' was not evaluated on it; add the benchmark to that stage");
        }
    }

    private static void checkComparable(
            StageRequest request, ParentStage parent, BenchmarkSpec own, BenchmarkSpec before) throws StageException {
        String differs = !own.digest().equals(before.digest())
                ? "other items"
                : own.sampling().equals(before.sampling()) ? null : "other sampling settings";
        if (differs != null) {
            throw new StageException(
                    "The benchmark '" + own.name() + "' of the stage '" + request.name() + "' has " + differs
                            + " than in '" + parent.name() + "', so the two cannot be compared; use the same in both");
        }
    }

    private static Optional<GatePolicy> policy(StageRequest request, List<Gate> gates, List<Tolerance> tolerances)
            throws StageException {
        try {
            return gates.isEmpty() && tolerances.isEmpty()
                    ? Optional.empty()
                    : Optional.of(GatePolicy.of(gates.toArray(new Gate[0]))
                            .withTolerances(tolerances)
                            .withMaxLooks(request.looks()));
        } catch (IllegalArgumentException e) {
            throw new StageException("The gates of the stage '" + request.name() + "': " + e.getMessage(), e);
        }
    }
}
