package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.Against;
import io.jenkins.plugins.cascade.gate.BenchmarkScores;
import io.jenkins.plugins.cascade.gate.FrozenDebt;
import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.gate.GateEvaluator;
import io.jenkins.plugins.cascade.gate.Look;
import io.jenkins.plugins.cascade.gate.ScoreFile;
import io.jenkins.plugins.cascade.recipe.BenchmarkSpec;
import io.jenkins.plugins.cascade.recipe.EvaluateSettings;
import io.jenkins.plugins.cascade.recipe.NumericSettings;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The looks that one stage's gate was planned with, each at its share of alpha. While a look decides nothing and another one was planned,
 * the undecided benchmarks are evaluated with twice the samples on both sides. An evaluation draws its samples from streams of their own,
 * so the first of them are those of the look before.
 */
final class GateLooks {
    private static final int LONGEST_NAME = 48;

    private final StageRequest request;
    private final StageSpec spec;
    private final ParentStage candidate;
    private final List<GateSide> sides;
    private final List<FrozenDebt> debts;
    private final Path folder;
    private final String reference;
    private final List<Map<String, BenchmarkScores>> before;
    private final Map<String, BenchmarkScores> now;
    private GateDecision decision;
    private int look = 1;
    private boolean over;

    /**
     * The looks at a trained stage.
     *
     * @param candidate the stage as one that builds on it would see it
     * @param sides what it is compared with, at least one
     * @param debts trade-offs of earlier stages
     * @param folder the stage's files on the machine that judges
     * @param reference the same folder, relative to the options' workspace
     */
    GateLooks(
            StageRequest request,
            StageSpec spec,
            ParentStage candidate,
            List<GateSide> sides,
            List<FrozenDebt> debts,
            Path folder,
            String reference,
            Map<String, BenchmarkScores> scores) {
        this.request = request;
        this.spec = spec;
        this.candidate = candidate;
        this.sides = List.copyOf(sides);
        this.debts = debts;
        this.folder = folder;
        this.reference = reference;
        this.before = new ArrayList<>();
        sides.forEach(side -> before.add(new HashMap<>(side.baseline().scores())));
        this.now = new HashMap<>(scores);
    }

    /**
     * Looks, and says what the next look needs.
     *
     * @return empty when the gate has decided, or no further look was planned or can tell more: {@link #decision} is the last word
     * @throws StageException when the scores that a trade-off is measured against cannot be kept
     */
    List<ExtraSamples> next() throws StageException {
        if (over) {
            return List.of();
        }
        List<Against> baselines = new ArrayList<>();
        for (int i = 0; i < sides.size(); i++) {
            baselines.add(sides.get(i).against(reference(i), before.get(i)));
        }
        decision = new GateEvaluator().evaluate(baselines, now, look, debts, request.name());
        List<BenchmarkSpec> undecided = decision.wantsMoreSamples() ? sampled(decision.undecided()) : List.of();
        if (undecided.isEmpty()) {
            over = true;
            return List.of();
        }
        look++;
        List<ExtraSamples> extra = new ArrayList<>();
        extra.add(extra(0, candidate, undecided));
        for (int i = 0; i < sides.size(); i++) {
            ComparedBaseline baseline = sides.get(i).baseline();
            Set<String> known = before.get(i).keySet();
            List<BenchmarkSpec> shared =
                    undecided.stream().filter(b -> known.contains(b.name())).toList();
            if (baseline.isStage() && !shared.isEmpty()) {
                extra.add(extra(i + 1, baseline.stage().asParent(), shared));
            }
        }
        return extra;
    }

    /** Those among the benchmarks whose answers are drawn: a greedy answer is the same however often it is asked for. */
    private List<BenchmarkSpec> sampled(List<String> names) {
        return spec.benchmarks().stream()
                .filter(benchmark -> names.contains(benchmark.name()))
                .filter(benchmark -> benchmark.sampling().temperature() > 0)
                .toList();
    }

    private ExtraSamples extra(int side, ParentStage model, List<BenchmarkSpec> undecided) {
        List<BenchmarkRequest> benchmarks = undecided.stream()
                .map(b -> new BenchmarkRequest(b.name(), b.path(), look().samplesPerItem(b.samples()), b.sampling()))
                .toList();
        String short48 = request.name()
                .substring(0, Math.min(LONGEST_NAME, request.name().length()));
        StageRequest evaluation = new StageRequest(
                StageKind.EVALUATE,
                short48 + ".look" + look + (side == 0 ? "" : side == 1 ? ".parent" : ".baseline" + side),
                null,
                null,
                null,
                List.of(),
                new EvaluateSettings(
                        NumericSettings.of(spec.settings().numerics().precision())),
                benchmarks,
                null,
                List.of(),
                request.onRegression(),
                request.onInconclusive(),
                request.seed(),
                true,
                request.threads(),
                request.device());
        ParentStage bare = new ParentStage(
                model.name(),
                model.checkpoint(),
                model.checkpointDigest(),
                model.store(),
                List.of(),
                List.of(),
                List.of());
        return new ExtraSamples(look, side, evaluation, bare);
    }

    private Look look() {
        return sides.get(0).policy().look(look);
    }

    /** Takes the scores of an evaluation that {@link #next} asked for. */
    void take(ExtraSamples extra, Map<String, BenchmarkScores> scores) {
        (extra.ofCandidate() ? now : before.get(extra.side() - 1)).putAll(scores);
    }

    /**
     * An evaluation could not be made. Without more samples of a baseline the look is taken with those of the stage alone; without those
     * there is no further look.
     */
    void missing(ExtraSamples extra) {
        over |= extra.ofCandidate();
    }

    /** The last look's decision; empty before the first. */
    Optional<GateDecision> decision() {
        return Optional.ofNullable(decision);
    }

    /** What the log says of a look that decided nothing. */
    String sentence(List<ExtraSamples> next) {
        List<String> asked = new ArrayList<>();
        for (BenchmarkRequest benchmark : next.get(0).request().benchmarks()) {
            asked.add(benchmark.name() + " with " + benchmark.samples() + " samples an item");
        }
        return "look " + (look - 1) + " of " + look().planned() + " cannot decide; evaluating "
                + String.join(", ", asked) + (next.size() > 1 ? " on both sides" : " of the stage");
    }

    /** Where a baseline is kept. Keeps that of a further look where a later stage finds it: a trade-off that is opened now is measured against it. */
    private String reference(int i) throws StageException {
        GateSide side = sides.get(i);
        if (look == 1 || side.policy().tolerances().isEmpty()) {
            return side.baseline().reference();
        }
        String name = "look" + look + (i == 0 ? "" : "-" + (i + 1));
        try {
            Path kept = Files.createDirectories(folder.resolve(name));
            ScoreFile.write(kept.resolve(StageFiles.SCORES), before.get(i).values());
        } catch (IOException e) {
            throw LocalOutput.failed(folder.resolve(name).toString(), e);
        }
        return reference + "/" + name;
    }
}
