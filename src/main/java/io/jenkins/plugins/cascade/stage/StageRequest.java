package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.Gate;
import io.jenkins.plugins.cascade.gate.Tolerance;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.recipe.StageSettings;
import java.io.Serializable;
import java.util.List;

/**
 * What a step asks for, before any file was looked at.
 *
 * @param kind what kind of stage
 * @param name the stage's name, unique in the build; letters, digits and {@code _ . -}
 * @param domain of an RLVR stage; null otherwise
 * @param model folder of the model to start from; null for the parent's checkpoint
 * @param parent name of the stage whose checkpoint and scores this one builds on; null for the last accepted one, or for none where
 *     {@code model} is given
 * @param data the data files in their order
 * @param settings the effective settings
 * @param benchmarks what is evaluated at the end; null for the parent's benchmarks
 * @param gates what is asked of the benchmarks against the parent, in the place of the parent's gates of the same benchmarks; null for
 *     none of its own. The parent's other gates go on, its targets protected at their margin. A benchmark shared with the parent that
 *     has neither a gate nor a default margin is refused
 * @param tolerances declared trade-offs of this stage
 * @param onRegression what a regression does
 * @param onInconclusive what an undecided comparison does
 * @param seed the only source of randomness
 * @param reuse whether a finished stage with the same content key may be taken instead of training again
 * @param threads processor threads for tensors, 0 for all
 * @param device {@code cpu} or {@code cuda:N}
 * @param looks planned looks of the comparison with the parent, 1 to 3: while one cannot decide, the next has twice the samples on both
 *     sides, and each spends its share of alpha
 * @param checkpoints where the checkpoint is kept once the stage is accepted; null for where it was trained
 * @param baselines what the stage is measured against, each as {@link BaselineReference#parse} reads it, the worst verdict counting; null
 *     for the parent where there is one
 */
public record StageRequest(
        StageKind kind,
        String name,
        String domain,
        String model,
        String parent,
        List<DataRequest> data,
        StageSettings settings,
        List<BenchmarkRequest> benchmarks,
        List<Gate> gates,
        List<Tolerance> tolerances,
        Reaction onRegression,
        Reaction onInconclusive,
        long seed,
        boolean reuse,
        int threads,
        String device,
        int looks,
        CheckpointPlace checkpoints,
        List<String> baselines)
        implements Serializable {
    /** Most looks that can be planned. */
    public static final int MOST_LOOKS = 3;

    /** Most baselines that can be named. */
    public static final int MOST_BASELINES = 8;

    private static final String PARENT = "parent";

    /**
     * Checks the name and copies the lists.
     *
     * @throws IllegalArgumentException when the name cannot be a part of a folder's name, looks are not 1, 2 or 3, or a baseline is none
     */
    public StageRequest {
        if (name == null || !name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")) {
            throw new IllegalArgumentException("A stage's name may hold up to 64 letters, digits and _ . - and starts"
                    + " with a letter or digit, but is '" + name + "'");
        }
        if (looks < 1 || looks > MOST_LOOKS) {
            throw new IllegalArgumentException("looks must be 1, 2 or 3, but is " + looks);
        }
        data = List.copyOf(data);
        benchmarks = benchmarks == null ? null : List.copyOf(benchmarks);
        gates = gates == null ? null : List.copyOf(gates);
        tolerances = List.copyOf(tolerances);
        checkpoints = checkpoints == null ? CheckpointPlace.KEEP : checkpoints;
        baselines = checkedBaselines(baselines);
    }

    /** With one look. */
    public StageRequest(
            StageKind kind,
            String name,
            String domain,
            String model,
            String parent,
            List<DataRequest> data,
            StageSettings settings,
            List<BenchmarkRequest> benchmarks,
            List<Gate> gates,
            List<Tolerance> tolerances,
            Reaction onRegression,
            Reaction onInconclusive,
            long seed,
            boolean reuse,
            int threads,
            String device) {
        this(
                kind,
                name,
                domain,
                model,
                parent,
                data,
                settings,
                benchmarks,
                gates,
                tolerances,
                onRegression,
                onInconclusive,
                seed,
                reuse,
                threads,
                device,
                1,
                CheckpointPlace.KEEP,
                null);
    }

    /** The same with another number of planned looks, 1 to 3. */
    public StageRequest withLooks(int planned) {
        return with(reuse, planned, checkpoints, baselines);
    }

    /** The same with another place of its checkpoint. */
    public StageRequest withCheckpoints(CheckpointPlace place) {
        return with(reuse, looks, place, baselines);
    }

    /** The same, measured against these baselines; null for the parent. */
    public StageRequest withBaselines(List<String> references) {
        return with(reuse, looks, checkpoints, references);
    }

    /** The same, taking a finished stage with the same content key whatever the step says. */
    StageRequest withReuse() {
        return with(true, looks, checkpoints, baselines);
    }

    private StageRequest with(boolean taken, int planned, CheckpointPlace place, List<String> references) {
        return new StageRequest(
                kind,
                name,
                domain,
                model,
                parent,
                data,
                settings,
                benchmarks,
                gates,
                tolerances,
                onRegression,
                onInconclusive,
                seed,
                taken,
                threads,
                device,
                planned,
                place,
                references);
    }

    /** Whether it is measured against its parent. */
    boolean comparesWithParent() {
        return baselines == null || baselines.stream().anyMatch(PARENT::equals);
    }

    /** What it is measured against: what was named, otherwise the parent where there is one. */
    List<String> baselinesWith(boolean hasParent) {
        return baselines != null ? baselines : hasParent ? List.of(PARENT) : List.of();
    }

    static List<String> checkedBaselines(List<String> references) {
        if (references == null) {
            return null;
        }
        if (references.isEmpty() || references.size() > MOST_BASELINES) {
            throw new IllegalArgumentException("baselines must name 1 to " + MOST_BASELINES + " baselines, but names "
                    + references.size() + "; leave the argument out to compare with the parent");
        }
        return references.stream()
                .map(reference -> BaselineReference.parse(reference).text())
                .distinct()
                .toList();
    }
}
