package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.Gate;
import java.io.Serializable;
import java.util.List;

/**
 * A comparison of two finished stages of a build.
 *
 * @param name name for people, unique in the build
 * @param candidate name of the stage that is judged; null for the last accepted one
 * @param baseline name of the stage it is measured against; null for the anchor, the build's first accepted stage without a parent
 * @param gates what is asked of the benchmarks, in the place of the candidate's gates of the same benchmarks; null for those alone
 * @param onRegression what a regression or an unpaid debt does
 * @param onInconclusive what an undecided comparison does
 * @param baselines what it is measured against in the place of {@code baseline}, each as {@link BaselineReference#parse} reads it, the
 *     worst verdict counting; null for {@code baseline} alone
 */
public record GateRequest(
        String name,
        String candidate,
        String baseline,
        List<Gate> gates,
        Reaction onRegression,
        Reaction onInconclusive,
        List<String> baselines)
        implements Serializable {

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException when a baseline is none, or there are both a baseline and baselines
     */
    public GateRequest {
        gates = gates == null ? null : List.copyOf(gates);
        baselines = StageRequest.checkedBaselines(baselines);
        if (baseline != null && baselines != null) {
            throw new IllegalArgumentException(
                    "The gate '" + name + "' has both baseline and baselines; name all of them in baselines");
        }
    }

    /** With one baseline. */
    public GateRequest(
            String name,
            String candidate,
            String baseline,
            List<Gate> gates,
            Reaction onRegression,
            Reaction onInconclusive) {
        this(name, candidate, baseline, gates, onRegression, onInconclusive, null);
    }
}
