package io.jenkins.plugins.cascade.gate;

import java.util.Objects;

/**
 * A debt of an earlier stage together with the scores it is measured against.
 *
 * @param debt the debt
 * @param baseline the frozen baseline scores, found by {@link Debt#baseline()}; null when they cannot be found, which makes the
 *     gate an ERROR on the day the debt is due
 */
public record FrozenDebt(Debt debt, BenchmarkScores baseline) {

    /** Checks that there is a debt. */
    public FrozenDebt {
        Objects.requireNonNull(debt, "debt");
    }
}
