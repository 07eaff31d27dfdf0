package io.jenkins.plugins.cascade.gate;

import java.util.Optional;

/** Turns the measurement of one benchmark into its decision. */
final class Judgement {

    /** A margin below this many standard errors of the baseline against itself cannot be decided (resolution above 0.4). */
    private static final double FEWEST_SELF_ERRORS = 2.5;

    private final Gate gate;
    private final Assessment assessment;
    private final Look look;
    private final Resolution resolution;
    private final Optional<Tolerance> tolerance;
    private final double selfStandardError;

    Judgement(Gate gate, Assessment assessment, GatePolicy policy, Look look) {
        this.gate = gate;
        this.assessment = assessment;
        this.look = look;
        double margin = gate.kind() == Gate.Kind.TARGET ? 0 : gate.margin();
        this.resolution = Resolution.of(assessment, margin, look.alpha(), policy.power());
        this.tolerance = policy.toleranceFor(gate.benchmark());
        this.selfStandardError = policy.selfStandardErrors().getOrDefault(gate.benchmark(), 0.0);
    }

    BenchmarkDecision decide(boolean warning) {
        if (nothingToLose()) {
            String sentence = new Wording(gate, assessment, look, resolution).cannotFail();
            return decision(GateVerdict.INCONCLUSIVE, true, warning, null, sentence);
        }
        GateVerdict strict = strictVerdict();
        GateVerdict tolerated = tolerance
                .map(t -> Zones.nonInferiority(assessment.interval(), t.maxDrop()))
                .orElse(strict);
        boolean useTolerance = tolerance.isPresent() && strict != GateVerdict.PASS;
        GateVerdict verdict = useTolerance ? tolerated : strict;
        boolean belowOwnNoise = belowOwnNoise() && verdict != GateVerdict.REGRESSED && !useTolerance;
        boolean tooCoarse = verdict == GateVerdict.INCONCLUSIVE && resolution.tooCoarse() && !useTolerance;
        Wording wording = new Wording(gate, assessment, look, resolution);
        String sentence = belowOwnNoise
                ? wording.belowOwnNoise(FEWEST_SELF_ERRORS * selfStandardError)
                : wording.finding(verdict, useTolerance ? tolerance : Optional.empty(), tooCoarse, warning);
        return decision(
                belowOwnNoise ? GateVerdict.ERROR : verdict,
                belowOwnNoise || tooCoarse,
                warning,
                useTolerance ? tolerance.orElseThrow() : null,
                sentence);
    }

    private GateVerdict strictVerdict() {
        return gate.kind() == Gate.Kind.TARGET
                ? Zones.superiority(assessment.interval(), gate.requiredGain())
                : Zones.nonInferiority(assessment.interval(), gate.margin());
    }

    /** Whether even a candidate without a single point would stay within the margin: such a gate passes whatever it is shown. */
    private boolean nothingToLose() {
        return gate.kind() == Gate.Kind.PROTECT && assessment.scores().baselineMean() < gate.margin();
    }

    private boolean belowOwnNoise() {
        return gate.kind() != Gate.Kind.TARGET && gate.margin() < FEWEST_SELF_ERRORS * selfStandardError;
    }

    private BenchmarkDecision decision(
            GateVerdict verdict, boolean refused, boolean warning, Tolerance used, String sentence) {
        PairedScores scores = assessment.scores();
        PairedEstimate estimate = assessment.estimate();
        return new BenchmarkDecision(
                gate.benchmark(),
                gate.kind(),
                estimate.items(),
                scores.baselineMean(),
                scores.candidateMean(),
                estimate.difference(),
                estimate.standardError(),
                assessment.interval().lower(),
                assessment.interval().upper(),
                gate.margin(),
                resolution.ratio(),
                resolution.passIfUnchanged(),
                resolution.provableMargin(),
                resolution.itemsNeeded(),
                warning,
                verdict,
                assessment.interval().method(),
                sentence,
                gate.requiredGain(),
                estimate.fixedItemStandardError(),
                estimate.clusters(),
                scores.baselineSamples(),
                scores.candidateSamples(),
                assessment.degradationP(),
                refused,
                used);
    }
}
