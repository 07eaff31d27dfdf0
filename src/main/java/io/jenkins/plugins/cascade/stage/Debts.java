package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.Debt;
import io.jenkins.plugins.cascade.gate.FrozenDebt;
import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.gate.ScoreFile;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The trade-offs that a stage takes over from its parent, with the scores they are measured against. */
final class Debts {
    private Debts() {}

    /** The debts of a stage and their frozen baselines, which lie in the directories that they name. */
    static List<FrozenDebt> carriedBy(AcceptedStage stage, Path workspace) {
        GateDecision decision = stage == null ? null : stage.record().gate();
        return decision == null
                ? List.of()
                : decision.debts().stream().map(debt -> frozen(debt, workspace)).toList();
    }

    /** One of them, with its frozen baseline where that can be read. */
    static FrozenDebt frozen(Debt debt, Path workspace) {
        Path file =
                workspace.resolve(debt.baseline()).resolve(StageFiles.SCORES).normalize();
        if (!file.startsWith(workspace) || !Files.isRegularFile(file)) {
            return new FrozenDebt(debt, null);
        }
        try {
            return new FrozenDebt(debt, ScoreFile.read(file).get(debt.benchmark()));
        } catch (IOException unreadable) {
            // The gate turns a missing baseline into ERROR on the day the debt is due and names the place.
            return new FrozenDebt(debt, null);
        }
    }
}
