package io.jenkins.plugins.cascade.gate;

import java.io.Serializable;
import java.util.Objects;

/**
 * A declared trade-off: this stage may lose more than the margin, if a later stage wins it back. When it is used it becomes a
 * {@link Debt}.
 *
 * @param benchmark name of a protected benchmark
 * @param maxDrop the largest loss accepted at this stage, a fraction in (0, 1]
 * @param recoverBy name of the stage at which the old baseline is tested again
 * @param reason why the loss is expected, for whoever reads the report
 */
public record Tolerance(String benchmark, double maxDrop, String recoverBy, String reason) implements Serializable {

    /**
     * Checks that the trade-off is bounded, expires and is explained.
     *
     * @throws IllegalArgumentException when it is not
     */
    public Tolerance {
        require(benchmark, "benchmark");
        require(recoverBy, "recoverBy");
        require(reason, "reason");
        if (!(maxDrop > 0 && maxDrop <= 1)) {
            throw new IllegalArgumentException("The tolerance for " + benchmark + " has maxDrop " + maxDrop
                    + ": give a fraction above 0 and at most 1 (25 points are 0.25).");
        }
    }

    private static void require(String value, String field) {
        Objects.requireNonNull(value, field);
        if (value.isBlank()) {
            throw new IllegalArgumentException("A tolerance has no " + field
                    + ": a trade-off needs a benchmark, a stage that recovers it and a reason.");
        }
    }
}
