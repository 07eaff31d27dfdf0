package io.jenkins.plugins.cascade.report;

import io.jenkins.plugins.cascade.gate.BenchmarkDecision;
import io.jenkins.plugins.cascade.gate.Gate;
import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.gate.GateVerdict;
import io.jenkins.plugins.cascade.gate.Look;
import java.util.List;
import java.util.Locale;

/** Gate decisions with given numbers, for tests of how they are shown. */
final class Decisions {
    private Decisions() {}

    static BenchmarkDecision protect(String name, double baseline, double candidate, double error, double margin) {
        double difference = candidate - baseline;
        double lower = difference - 1.645 * error;
        double upper = difference + 1.645 * error;
        GateVerdict verdict = lower >= -margin
                ? GateVerdict.PASS
                : upper < -margin ? GateVerdict.REGRESSED : GateVerdict.INCONCLUSIVE;
        return decision(
                name,
                Gate.Kind.PROTECT,
                baseline,
                candidate,
                error,
                lower,
                upper,
                margin,
                verdict,
                sentence(name, difference, verdict));
    }

    private static String sentence(String name, double difference, GateVerdict verdict) {
        return String.format(Locale.ROOT, "%s changed by %.1f points: %s.", name, 100 * difference, verdict);
    }

    static BenchmarkDecision decision(
            String name,
            Gate.Kind kind,
            double baseline,
            double candidate,
            double error,
            double lower,
            double upper,
            double margin,
            GateVerdict verdict,
            String sentence) {
        return new BenchmarkDecision(
                name,
                kind,
                256,
                baseline,
                candidate,
                candidate - baseline,
                error,
                lower,
                upper,
                margin,
                error / margin,
                0.99,
                2.49 * error,
                200,
                false,
                verdict,
                "paired t",
                sentence,
                0,
                error / 2,
                256,
                4,
                4,
                0.5,
                false,
                null);
    }

    static BenchmarkDecision broken(String name, String sentence) {
        double none = Double.NaN;
        return decision(name, Gate.Kind.PROTECT, none, none, none, none, none, 0.03, GateVerdict.ERROR, sentence);
    }

    static GateDecision gate(BenchmarkDecision... benchmarks) {
        GateVerdict verdict = GateVerdict.PASS;
        for (BenchmarkDecision benchmark : benchmarks) {
            verdict = verdict.and(benchmark.verdict());
        }
        return new GateDecision(
                verdict, List.of(benchmarks), null, List.of(), "The verdict is " + verdict + ".", new Look(1, 1, 0.05));
    }
}
