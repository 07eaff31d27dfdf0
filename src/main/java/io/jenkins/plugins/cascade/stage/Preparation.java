package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.ContentKey;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import java.util.List;

/**
 * A stage that is ready to be looked for or trained, prepared on the machine where its files are.
 *
 * @param spec what the trainer is told
 * @param key its content key
 * @param plan what is asked of its benchmarks
 * @param files the files of its benchmarks as steps named them, in the order of the specification
 */
record Preparation(StageSpec spec, String key, GatePlan plan, List<String> files) {
    Preparation {
        files = List.copyOf(files);
    }

    /**
     * Prepares a stage.
     *
     * @param parent the stage that it builds on, or null
     * @throws StageException with one sentence when a file is not what it should be, or the gates cannot be decided
     */
    static Preparation of(SpecResolver resolver, StageRequest request, ParentStage parent) throws StageException {
        StageSpec spec = resolver.resolve(request, parent);
        return of(spec, request, parent);
    }

    /** The same for a specification that was resolved elsewhere and checked. */
    static Preparation of(StageSpec spec, StageRequest request, ParentStage parent) throws StageException {
        GatePlan plan = GatePlan.of(request, parent, spec.benchmarks());
        return new Preparation(spec, ContentKey.of(spec), plan, files(request, parent));
    }

    private static List<String> files(StageRequest request, ParentStage parent) {
        if (request.benchmarks() != null) {
            return request.benchmarks().stream().map(BenchmarkRequest::data).toList();
        }
        return parent == null ? List.of() : parent.files();
    }
}
