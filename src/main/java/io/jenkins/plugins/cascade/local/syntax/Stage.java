package io.jenkins.plugins.cascade.local.syntax;

import java.util.List;
import java.util.Optional;

/**
 * One stage.
 *
 * @param name unique in the pipeline
 * @param line where it stands
 * @param agent its own agent, if it has one
 * @param options what wraps it
 * @param environment in the order of evaluation
 * @param when its condition, if it has one
 * @param body steps, stages in sequence or stages in parallel
 * @param post conditions after the body
 */
public record Stage(
        String name,
        int line,
        Optional<Agent> agent,
        Options options,
        List<EnvironmentEntry> environment,
        Optional<When> when,
        Body body,
        Post post) {
    public Stage {
        environment = List.copyOf(environment);
    }

    /** What a stage does. */
    public sealed interface Body {}

    /** {@code steps}. */
    public record Steps(Block block) implements Body {}

    /** {@code stages}: one after the other. */
    public record Sequential(List<Stage> stages) implements Body {
        public Sequential {
            stages = List.copyOf(stages);
        }
    }

    /** {@code parallel}: all at once; with {@code failFast} the first failure aborts the others. */
    public record Parallel(List<Stage> stages, boolean failFast) implements Body {
        public Parallel {
            stages = List.copyOf(stages);
        }
    }
}
