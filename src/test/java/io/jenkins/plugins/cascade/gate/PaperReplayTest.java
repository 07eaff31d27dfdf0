package io.jenkins.plugins.cascade.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published recipe itself (three models, five transitions, eleven benchmarks) under a naive gate and under this one. */
class PaperReplayTest {

    private static final PaperResults PAPER = new PaperResults();
    private static final Tolerance INSTRUCTIONS =
            new Tolerance("IFEval", 0.25, "IF-RL", "preferences pull against verifiable instructions");

    private static final Map<String, GateDecision> PLAIN = new HashMap<>();

    private final GateEvaluator evaluator = new GateEvaluator();

    @ParameterizedTest
    @CsvSource({"5, 36, 15", "10, 25, 11", "20, 14, 10", "30, 5, 5", "50, 3, 3"})
    void oneMarginForAllWithoutErrorBarsWouldHaveStoppedTheRecipe(int tenths, int cells, int transitions) {
        int below = 0;
        Set<String> blocked = new TreeSet<>();
        for (Cell cell : cells()) {
            if (PAPER.tenths(cell.model, cell.benchmark, cell.transition) < -tenths) {
                below++;
                blocked.add(cell.model + cell.transition);
            }
        }

        assertEquals(cells, below);
        assertEquals(transitions, blocked.size());
    }

    @Test
    void underItsOwnMarginEachOfTheSixFallsThatExceedItIsStoppedOrLeftUndecided() {
        List<String> exceeding = new ArrayList<>();
        for (Cell cell : cells()) {
            double change = PAPER.tenths(cell.model, cell.benchmark, cell.transition) / 1000.0;
            if (change < -PAPER.margin(cell.benchmark)) {
                exceeding.add(cell + " " + decide(cell).verdict());
            }
        }

        assertEquals(
                List.of(
                        "8B RLHF IFEval REGRESSED",
                        "8B IF-RL MMLU-Pro REGRESSED",
                        "8B-Thinking RLHF IFEval REGRESSED",
                        "8B-Thinking Code RL IFEval INCONCLUSIVE",
                        "14B-Thinking RLHF IFEval REGRESSED",
                        "14B-Thinking Code RL IFEval REGRESSED"),
                exceeding);
    }

    @Test
    void aFallWithinItsMarginIsNeverCalledARegression() {
        for (Cell cell : cells()) {
            double change = PAPER.tenths(cell.model, cell.benchmark, cell.transition) / 1000.0;
            if (change >= -PAPER.margin(cell.benchmark)) {
                assertTrue(decide(cell).verdict() != GateVerdict.REGRESSED, cell.toString());
            }
        }
    }

    @Test
    void aDeclaredTradeOffLetsPreferenceTrainingPassAndIsRepaidByInstructionTraining() {
        for (String model : PAPER.models()) {
            GateDecision rlhf = judge(model, 0, List.of(INSTRUCTIONS), List.of());
            assertEquals(GateVerdict.PASS, rlhf.verdict(), model + ": " + rlhf.summarySentence());
            assertEquals(1, rlhf.debts().size());
            assertTrue(!rlhf.releasable());

            FrozenDebt owed = new FrozenDebt(
                    rlhf.debts().get(0), PAPER.before(model, 0, 1).get("IFEval"));
            GateDecision ifRl = judge(model, 1, List.of(), List.of(owed));
            assertEquals(Debt.Status.REPAID, ifRl.debts().get(0).status(), model);
        }
    }

    @Test
    void theTradeOffTurnsThreeOfFiveRegressedTransitionsIntoPasses() {
        assertEquals(
                Map.of(GateVerdict.PASS, 4, GateVerdict.REGRESSED, 5, GateVerdict.INCONCLUSIVE, 6),
                verdicts(List.of()));
        assertEquals(
                Map.of(GateVerdict.PASS, 7, GateVerdict.REGRESSED, 2, GateVerdict.INCONCLUSIVE, 6),
                verdicts(List.of(INSTRUCTIONS)));
    }

    @Test
    void everyFinalModelPassesAgainstItsStartingPoint() {
        for (String model : PAPER.models()) {
            GateDecision decision = evaluator.evaluate(
                    PAPER.before(model, 0, PaperResults.TRANSITIONS),
                    PAPER.after(model, 0, PaperResults.TRANSITIONS),
                    policy(List.of()),
                    1);
            assertEquals(GateVerdict.PASS, decision.verdict(), decision.summarySentence());
        }
    }

    private Map<GateVerdict, Integer> verdicts(List<Tolerance> inRlhf) {
        Map<GateVerdict, Integer> counts = new EnumMap<>(GateVerdict.class);
        for (String model : PAPER.models()) {
            for (int transition = 0; transition < PaperResults.TRANSITIONS; transition++) {
                boolean tolerant = transition == 0 && !inRlhf.isEmpty();
                GateDecision decision =
                        tolerant ? judge(model, transition, inRlhf, List.of()) : plain(model, transition);
                counts.merge(decision.verdict(), 1, Integer::sum);
            }
        }
        return counts;
    }

    private GateDecision judge(String model, int transition, List<Tolerance> tolerances, List<FrozenDebt> owed) {
        String stage = PAPER.stage(transition + 1);
        return evaluator.evaluate(
                PAPER.before(model, transition, transition + 1),
                PAPER.after(model, transition, transition + 1),
                policy(tolerances),
                1,
                owed,
                new GateEvaluator.Stage(stage, PAPER.stage(transition)));
    }

    private GateDecision plain(String model, int transition) {
        return PLAIN.computeIfAbsent(model + transition, key -> judge(model, transition, List.of(), List.of()));
    }

    private BenchmarkDecision decide(Cell cell) {
        return plain(cell.model, cell.transition).benchmarks().stream()
                .filter(decision -> decision.benchmark().equals(cell.benchmark))
                .findFirst()
                .orElseThrow();
    }

    private static GatePolicy policy(List<Tolerance> tolerances) {
        return GatePolicy.of(PAPER.gates().toArray(Gate[]::new)).withTolerances(tolerances);
    }

    private static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (String model : PAPER.models()) {
            for (int transition = 0; transition < PaperResults.TRANSITIONS; transition++) {
                for (String benchmark : PAPER.benchmarks()) {
                    cells.add(new Cell(model, transition, benchmark));
                }
            }
        }
        assertEquals(165, cells.size());
        return cells;
    }

    private record Cell(String model, int transition, String benchmark) {
        @Override
        public String toString() {
            return model + " " + PAPER.stage(transition + 1) + " " + benchmark;
        }
    }
}
