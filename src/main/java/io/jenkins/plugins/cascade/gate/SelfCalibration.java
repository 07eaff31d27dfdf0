package io.jenkins.plugins.cascade.gate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Is a policy usable with these benchmarks? The A/A run that comes before a gate is first used: the samples of one model are dealt
 * into two halves, again and again, and judged as if one half came from another model. What does not pass then is a false alarm or
 * a benchmark that cannot decide. With two evaluations under different seeds it is also tested whether they differ by more than
 * sampling explains.
 *
 * <p>It sees the noise of sampling. A changed model also moves from item to item, so a real comparison is a little coarser.
 *
 * @param findings one a gate, in the policy's order
 * @param verdict PASS when every deciding benchmark is usable, otherwise the worst of their verdicts
 * @param summary the finding as a whole, one sentence
 */
public record SelfCalibration(List<SelfFinding> findings, GateVerdict verdict, String summary) {

    /** Copies the list. */
    public SelfCalibration {
        findings = List.copyOf(findings);
    }

    /**
     * Reads one or two evaluations of the same model and judges them against each other. A file that cannot be used is the verdict
     * ERROR.
     *
     * @param evaluations one score file with at least two samples an item, or two made under different seeds
     * @param gates the policy, as {@code GATES.json}
     */
    public static SelfCalibration of(List<Path> evaluations, Path gates) {
        try {
            GatePolicy policy = GatePolicy.read(gates);
            Map<String, BenchmarkScores> first = ScoreFile.read(evaluations.get(0));
            return evaluations.size() == 1 ? of(first, policy) : of(first, ScoreFile.read(evaluations.get(1)), policy);
        } catch (IOException e) {
            return new SelfCalibration(List.of(), GateVerdict.ERROR, ScoreComparison.message(e));
        }
    }

    /** One evaluation: the samples of each item are dealt into two halves. */
    public static SelfCalibration of(Map<String, BenchmarkScores> scores, GatePolicy policy) {
        List<SelfFinding> findings = new ArrayList<>();
        for (Gate gate : policy.gates()) {
            findings.add(tried(gate, () -> {
                BenchmarkScores known = present(gate, scores);
                return new SelfTrial(gate, policy, false).run(SelfSplits.of(known), false);
            }));
        }
        return summed(findings);
    }

    /** Two evaluations of the same model: their samples are dealt together, and they are compared as they are. */
    public static SelfCalibration of(
            Map<String, BenchmarkScores> first, Map<String, BenchmarkScores> second, GatePolicy policy) {
        double alpha = policy.alpha() / policy.gates().size();
        List<SelfFinding> findings = new ArrayList<>();
        for (Gate gate : policy.gates()) {
            findings.add(tried(gate, () -> {
                BenchmarkScores one = present(gate, first);
                BenchmarkScores other = present(gate, second);
                Interval apart =
                        Assessment.of(gate.benchmark(), one, other, alpha / 2).interval();
                boolean unstable = apart.lower() > 0 || apart.upper() < 0;
                SelfSplits splits = SelfSplits.of(SelfSplits.together(one, other));
                return new SelfTrial(gate, policy, true).run(splits, unstable);
            }));
        }
        return summed(findings);
    }

    /** The standard error of each benchmark against itself, for {@link GatePolicy#withSelfStandardErrors}. */
    public Map<String, Double> standardErrors() {
        Map<String, Double> errors = new LinkedHashMap<>();
        findings.stream()
                .filter(finding -> finding.verdict() != GateVerdict.ERROR)
                .forEach(finding -> errors.put(finding.benchmark(), finding.standardError()));
        return errors;
    }

    private static SelfFinding tried(Gate gate, Trial trial) {
        try {
            return trial.run();
        } catch (InvalidScoresException e) {
            return SelfFinding.error(gate, e.getMessage());
        }
    }

    private static BenchmarkScores present(Gate gate, Map<String, BenchmarkScores> scores)
            throws InvalidScoresException {
        BenchmarkScores known = scores.get(gate.benchmark());
        if (known == null) {
            throw new InvalidScoresException(
                    gate.benchmark() + " cannot be compared: a file has no scores for it; evaluate the model on it.");
        }
        return known;
    }

    private static SelfCalibration summed(List<SelfFinding> findings) {
        GateVerdict verdict = GateVerdict.PASS;
        List<String> unusable = new ArrayList<>();
        for (SelfFinding finding : findings) {
            boolean counts = finding.kind() != Gate.Kind.WATCH || finding.verdict() == GateVerdict.ERROR;
            if (counts) {
                verdict = verdict.and(finding.verdict());
            }
            if (counts && finding.verdict() != GateVerdict.PASS) {
                unusable.add(finding.benchmark());
            }
        }
        String summary = unusable.isEmpty()
                ? "Usable: the policy can decide on these benchmarks."
                : "Not usable as it is: " + String.join(", ", unusable) + ".";
        return new SelfCalibration(findings, verdict, summary);
    }

    /** A trial that may find its scores unfit. */
    private interface Trial {
        SelfFinding run() throws InvalidScoresException;
    }
}
