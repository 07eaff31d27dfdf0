package io.jenkins.plugins.cascade.verify.math;

import java.util.List;

/** An answer by its kind. */
sealed interface Answer {

    /**
     * A single expression.
     *
     * @param expression its value
     * @param unit the canonical unit behind it, empty if none is said
     */
    record Scalar(Expression expression, String unit) implements Answer {}

    /**
     * Items whose order matters: a point, a vector, an interval, a ratio.
     *
     * @param open the opening bracket, {@code :} for a ratio
     * @param close the closing bracket
     */
    record Ordered(String open, String close, List<Answer> items) implements Answer {}

    /**
     * Items whose order does not matter: a set, or several answers.
     *
     * @param joint {@code set}, {@code ,}, {@code and}, {@code or}
     */
    record Collection(String joint, List<Answer> items) implements Answer {}

    /** A union of intervals and sets. */
    record Union(List<Answer> parts) implements Answer {}

    /** Operands with a relation between each two neighbours; it may have one operand less than a sentence should. */
    record Relation(List<Answer> operands, List<String> relations) implements Answer {}

    /** Rows of cells. */
    record Matrix(List<List<Answer>> rows) implements Answer {}

    /** Words, compared as words. */
    record Text(String words) implements Answer {}
}
