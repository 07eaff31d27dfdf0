package io.jenkins.plugins.cascade.report;

import io.jenkins.plugins.cascade.gate.BenchmarkDecision;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * One benchmark's score at one place of a chart's horizontal axis.
 *
 * @param label the place's name, for example a stage
 * @param score the score, null where there is none
 * @param tone what the gate said of this benchmark here
 * @param parent place of the point it is joined with, or -1
 * @param accepted false where the cascade did not go on from here: the line to it is dashed
 */
record ScorePoint(String label, ScoreSummary score, Tone tone, int parent, boolean accepted) {
    private static final double UPPER_TAIL = 0.975;

    boolean drawn() {
        return score != null && Scale.fits(score.mean());
    }

    double mean() {
        return score.mean();
    }

    /** Lower end of the interval; a share's interval does not leave 0 to 1. */
    double low() {
        double low = mean() - halfWidth();
        return mean() >= 0 ? Math.max(0, low) : low;
    }

    /** Upper end of the interval; a share's interval does not leave 0 to 1. */
    double high() {
        double high = mean() + halfWidth();
        return mean() <= 1 ? Math.min(1, high) : high;
    }

    /** Half of the two-sided 95 % interval of the mean, from Student's t over items; 0 where there is no standard error. */
    double halfWidth() {
        double error = score.standardError();
        if (!(error > 0) || !Scale.fits(error) || score.items() < 2) {
            return 0;
        }
        return error * TDistribution.of(score.items() - 1).inverseCumulativeProbability(UPPER_TAIL);
    }

    /** All benchmarks that any stage was scored on: first those that a gate judges, in its order, then the others by name. */
    static Set<String> benchmarks(List<StageRecord> stages) {
        Set<String> scored = new TreeSet<>();
        stages.forEach(stage -> scored.addAll(stage.scores().keySet()));
        Set<String> names = new LinkedHashSet<>();
        for (StageRecord stage : stages) {
            if (stage.gate() != null) {
                stage.gate().benchmarks().stream()
                        .map(BenchmarkDecision::benchmark)
                        .filter(scored::contains)
                        .forEach(names::add);
            }
        }
        names.addAll(scored);
        return names;
    }

    /** A benchmark's scores over the stages, each joined with its parent stage. */
    static List<ScorePoint> over(List<StageRecord> stages, String benchmark) {
        List<String> names = stages.stream().map(StageRecord::name).toList();
        List<ScorePoint> points = new ArrayList<>();
        for (StageRecord stage : stages) {
            points.add(new ScorePoint(
                    stage.name(),
                    stage.scores().get(benchmark),
                    tone(stage, benchmark),
                    stage.parent() == null ? -1 : names.indexOf(stage.parent()),
                    !isDeadEnd(stage)));
        }
        return points;
    }

    /** Whether no stage may start from this one's checkpoint. */
    static boolean isDeadEnd(StageRecord stage) {
        return stage.status() == StageRecord.Status.REJECTED || stage.status() == StageRecord.Status.FAILED;
    }

    private static Tone tone(StageRecord stage, String benchmark) {
        if (stage.gate() == null) {
            return Tone.PLAIN;
        }
        return stage.gate().benchmarks().stream()
                .filter(decision -> decision.benchmark().equals(benchmark))
                .map(BenchmarkDecision::verdict)
                .findFirst()
                .map(Tone::of)
                .orElse(Tone.PLAIN);
    }
}
