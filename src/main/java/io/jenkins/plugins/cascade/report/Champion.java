package io.jenkins.plugins.cascade.report;

import io.jenkins.plugins.cascade.gate.GateDecision;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The champion of a job: the build whose last checkpoint is the one to beat. It is the latest build that ended in {@code SUCCESS} and
 * whose final gate passed with no trade-off left unpaid. The final gate is the last one of the cascade that belongs to no single stage;
 * without any, it is the gate of the last stage that was judged. A build that no gate judged is never the champion.
 */
public final class Champion {
    private static final String SUCCESS = "SUCCESS";

    private Champion() {}

    /** Place of the champion in a list of builds, oldest first; empty where none qualifies. */
    public static OptionalInt of(List<BuildSummary> builds) {
        for (int i = builds.size() - 1; i >= 0; i--) {
            if (builds.get(i).qualifies()) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** Whether a build can be the champion. */
    public static boolean qualifies(CascadeRecord cascade) {
        return SUCCESS.equals(cascade.result())
                && finalGate(cascade).filter(GateDecision::releasable).isPresent();
    }

    /** The decision about the checkpoint that the cascade ended with. */
    static Optional<GateDecision> finalGate(CascadeRecord cascade) {
        List<GateRecord> gates = cascade.gates();
        if (!gates.isEmpty()) {
            return Optional.of(gates.get(gates.size() - 1).gate());
        }
        return cascade.stages().stream()
                .map(StageRecord::gate)
                .filter(gate -> gate != null)
                .reduce((earlier, later) -> later);
    }
}
