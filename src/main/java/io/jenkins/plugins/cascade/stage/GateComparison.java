package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.gate.Baseline;
import io.jenkins.plugins.cascade.gate.BenchmarkScores;
import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.gate.GateEvaluator;
import io.jenkins.plugins.cascade.report.GateRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Compares two finished models that need not be of this build. What a step names and what cannot be read, because a server is away, an
 * alias is missing or a run holds no scores, is the verdict ERROR, which rejects whatever the reactions are.
 */
final class GateComparison {
    private static final String SCORES = ".jsonl";

    private final GateRequest request;
    private final MlflowRuns runs;
    private final CascadeOptions options;
    private final StageHost host;
    private final BaselineFiles files;

    GateComparison(GateRequest request, MlflowRuns runs, CascadeOptions options, StageHost host, BaselineFiles files) {
        this.request = request;
        this.runs = runs;
        this.options = options;
        this.host = host;
        this.files = files;
    }

    /** Whether both sides are stages of this build, as far as the two arguments say. */
    boolean isOfThisBuild() {
        return !isElsewhere(request.candidate()) && !isElsewhere(request.baseline());
    }

    private static boolean isElsewhere(String named) {
        return named != null && (MlflowReference.is(named) || named.endsWith(SCORES));
    }

    /** A side that is a stage of this build, the named one or the default one. */
    interface OfThisBuild {
        Contender find() throws StageException, IOException, InterruptedException;
    }

    /**
     * Compares two models of which one at least is not of this build.
     *
     * @param candidates finds the candidate where it is of this build
     * @param baselines finds the baseline where it is of this build
     * @throws IOException when the machine of a score file is away; the same call may be made again later
     * @throws StageException with one sentence when a stage is not known or there is nothing to compare
     */
    GateRecord run(OfThisBuild candidates, OfThisBuild baselines)
            throws StageException, IOException, InterruptedException {
        if (request.baselines() != null) {
            throw new StageException(
                    "The gate '" + request.name() + "' judges '" + request.candidate()
                            + "', which is no stage of this build: name the one model that it is measured against with baseline");
        }
        String candidateName = Optional.ofNullable(request.candidate()).orElse("the last accepted stage");
        String baselineName = Optional.ofNullable(request.baseline()).orElse("the anchor");
        Contender candidate = isElsewhere(request.candidate()) ? null : candidates.find();
        Contender baseline = isElsewhere(request.baseline()) ? null : baselines.find();
        try {
            candidate = candidate == null ? elsewhere(request.candidate(), "candidate") : candidate;
            candidateName = candidate.name();
            baseline = baseline == null ? elsewhere(request.baseline(), "baseline") : baseline;
            baselineName = baseline.name();
        } catch (StageException unread) {
            return record(candidateName, baselineName, GateDecision.error(unread.getMessage()));
        }
        return record(candidateName, baselineName, decide(candidate, baseline));
    }

    private GateDecision decide(Contender candidate, Contender baseline) throws StageException {
        ComparedBaseline side = new ComparedBaseline(baseline.name(), baseline.name(), baseline.scores(), null);
        GateSide asked = new GateSide(side, GatePlan.between(request, candidate, side));
        return new GateEvaluator()
                .evaluate(List.of(asked.against()), candidate.scores(), 1, candidate.debts(), request.name());
    }

    private Contender elsewhere(String named, String role) throws StageException, IOException, InterruptedException {
        try {
            return MlflowReference.is(named)
                    ? Contender.of(runs, runs.stage(MlflowReference.parse(named), options.cascade()))
                    : Contender.of(new Baseline(named, scores(named, role)));
        } catch (StageException e) {
            throw new StageException(
                    "The " + role + " '" + UntrustedFile.printable(named) + "' of the gate '" + request.name()
                            + "' cannot be read: " + e.getMessage(),
                    e);
        }
    }

    private Map<String, BenchmarkScores> scores(String named, String role)
            throws StageException, IOException, InterruptedException {
        String name = "gate-" + Integer.toHexString(request.name().hashCode());
        Path folder = options.buildDirectory().resolve("gates").resolve(name);
        Path copy = folder.resolve(role + ".jsonl");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw LocalOutput.failed(copy.toString(), e);
        }
        files.copy(named, Baselines.MOST_SCORES, copy);
        return Baselines.read(named, copy).scores();
    }

    /** What the decision comes to under the gate's reactions, told in the log. */
    GateRecord record(String candidate, String baseline, GateDecision decision) {
        Judgement judgement = Judgement.of(decision, request.onRegression(), request.onInconclusive(), true);
        GateLines.print(host, request.name(), candidate, baseline, decision);
        host.line("[" + request.name() + "] " + judgement.status().name().toLowerCase(Locale.ROOT));
        return new GateRecord(
                request.name(),
                baseline,
                candidate,
                decision,
                request.onRegression().word(),
                request.onInconclusive().word(),
                judgement.status(),
                judgement.message());
    }
}
