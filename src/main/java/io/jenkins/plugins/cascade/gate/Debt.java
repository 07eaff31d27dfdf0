package io.jenkins.plugins.cascade.gate;

import java.util.Objects;

/**
 * A trade-off that was used: a benchmark fell beyond its margin, and the baseline of that moment stays frozen until a later stage
 * is shown to be no worse than it. An open or overdue debt blocks release.
 *
 * @param benchmark name of the benchmark
 * @param baseline where the frozen baseline scores are: whatever reference the caller gave (a stage, a run, a file)
 * @param baselineDigest SHA-256 of the frozen baseline scores, so that no other scores can be put in their place
 * @param baselineScore mean score of the frozen baseline, a fraction
 * @param drop the loss when the debt was opened, a positive fraction
 * @param margin the margin within which the debt counts as repaid, a fraction
 * @param openedBy name of the stage that lost the points
 * @param recoverBy name of the stage at which the debt is due
 * @param reason why the loss was accepted
 * @param status whether it is still owed
 * @param repaidBy name of the stage that repaid it, or null
 */
public record Debt(
        String benchmark,
        String baseline,
        String baselineDigest,
        double baselineScore,
        double drop,
        double margin,
        String openedBy,
        String recoverBy,
        String reason,
        Status status,
        String repaidBy) {

    /** Where a debt stands. */
    public enum Status {
        /** Not yet due. */
        OPEN,
        /** Was due and was not shown to be repaid; tested again at every later stage. */
        OVERDUE,
        /** A later stage was shown to be no worse than the frozen baseline. */
        REPAID
    }

    /** Checks that the references are there. */
    public Debt {
        Objects.requireNonNull(benchmark, "benchmark");
        Objects.requireNonNull(baseline, "baseline");
        Objects.requireNonNull(baselineDigest, "baselineDigest");
        Objects.requireNonNull(openedBy, "openedBy");
        Objects.requireNonNull(recoverBy, "recoverBy");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(status, "status");
    }

    /** True while the points are owed: a checkpoint with such a debt must not be released. */
    public boolean blocksRelease() {
        return status != Status.REPAID;
    }

    /** True when the given stage must show that the points are back. */
    public boolean dueAt(String stage) {
        return status == Status.OVERDUE || status == Status.OPEN && recoverBy.equals(stage);
    }

    Debt repaidBy(String stage) {
        return with(Status.REPAID, stage);
    }

    Debt overdue() {
        return with(Status.OVERDUE, null);
    }

    private Debt with(Status newStatus, String stage) {
        return new Debt(
                benchmark,
                baseline,
                baselineDigest,
                baselineScore,
                drop,
                margin,
                openedBy,
                recoverBy,
                reason,
                newStatus,
                stage);
    }
}
