package io.jenkins.plugins.cascade.recipe;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * Everything a trainer needs to know, and all that decides its result: {@code spec.json}.
 *
 * @param schema version of this format, {@link #SCHEMA}
 * @param kind what kind of stage
 * @param name the stage's name for people; not part of the content key
 * @param domain of an RLVR stage, for example {@code math}; null otherwise
 * @param model what it starts from
 * @param data the files it trains on, in order; none of an evaluation
 * @param settings the effective settings
 * @param benchmarks what is evaluated at the end
 * @param verifierVersions verifier type to version, for all that data and benchmarks name
 * @param seed the only source of randomness
 * @param threads processor threads for tensors, 0 for all; not part of the content key
 * @param device {@code cpu} or {@code cuda:N}; not part of the content key
 * @param leaseSeconds the trainer ends with a checkpoint when nobody has renewed {@link StageFiles#LEASE} for so long, 0 for never; not
 *     part of the content key
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StageSpec(
        int schema,
        StageKind kind,
        String name,
        String domain,
        ModelSource model,
        List<DataFile> data,
        StageSettings settings,
        List<BenchmarkSpec> benchmarks,
        Map<String, String> verifierVersions,
        long seed,
        int threads,
        String device,
        int leaseSeconds) {
    /** The version this code writes and reads. */
    public static final int SCHEMA = 1;

    public StageSpec {
        data = List.copyOf(data);
        benchmarks = List.copyOf(benchmarks);
        verifierVersions = Map.copyOf(verifierVersions);
        Check.notBlank("name", name);
        Check.atLeast("threads", threads, 0);
        Check.atLeast("leaseSeconds", leaseSeconds, 0);
    }
}
