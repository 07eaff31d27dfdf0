package io.jenkins.plugins.cascade.evaluate;

/** Who watches an evaluation. */
@FunctionalInterface
public interface EvaluationProgress {

    /**
     * Some items are done. May throw to end the evaluation; the benchmark then has no result.
     *
     * @param items items of the benchmark done so far
     */
    void done(int items);
}
