package io.jenkins.plugins.cascade.report;

import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.gate.GateVerdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A cascade as the check of a pull request.
 *
 * @param conclusion what the check says; only SUCCESS lets a pull request pass that waits for it
 * @param title one line with the outcome and its reason
 * @param markdown the outcome again, then scores, gates with their tables and charts
 */
public record CheckSummary(Conclusion conclusion, String title, String markdown) {
    private static final int LONGEST_TITLE = 200;

    /** Conclusions under the names of Jenkins' Checks API. */
    public enum Conclusion {
        /** Everything that was compared passed, and something was compared. */
        SUCCESS,
        /** A policy of the Jenkinsfile let pass what the gate did not. */
        NEUTRAL,
        /** A regression is shown, or a stage or the build failed. */
        FAILURE,
        /** It could not be decided, or nothing was compared: a person has to look. */
        ACTION_REQUIRED,
        /** Stopped before the end. */
        CANCELED
    }

    /**
     * The check of a cascade that has ended or ends now.
     *
     * @param cascade its record with a result
     */
    public static CheckSummary of(CascadeRecord cascade) {
        Conclusion conclusion = conclusion(cascade);
        return new CheckSummary(conclusion, title(cascade), MarkdownReport.cascade(cascade));
    }

    private static String title(CascadeRecord cascade) {
        Headline headline = Headline.of(cascade);
        String compared = decisions(cascade).findAny().isEmpty() ? " Nothing was compared." : "";
        String text = headline.word() + ": " + headline.sentence() + compared;
        return text.length() <= LONGEST_TITLE ? text : text.substring(0, LONGEST_TITLE - 1) + "…";
    }

    private static Conclusion conclusion(CascadeRecord cascade) {
        List<Judged> all = Stream.concat(
                        cascade.stages().stream().map(stage -> new Judged(stage.status(), stage.gate())),
                        cascade.gates().stream().map(gate -> new Judged(gate.status(), gate.gate())))
                .toList();
        Optional<Conclusion> objection = all.stream()
                .map(Judged::objection)
                .flatMap(Optional::stream)
                .reduce((a, b) -> a == Conclusion.FAILURE ? a : b);
        if (objection.isPresent()) {
            return objection.get();
        }
        if (!"SUCCESS".equals(cascade.result())) {
            return "ABORTED".equals(cascade.result()) ? Conclusion.CANCELED : Conclusion.FAILURE;
        }
        if (decisions(cascade).findAny().isEmpty()) {
            return Conclusion.ACTION_REQUIRED;
        }
        return all.stream().allMatch(Judged::passed) ? Conclusion.SUCCESS : Conclusion.NEUTRAL;
    }

    private static Stream<GateDecision> decisions(CascadeRecord cascade) {
        return Stream.concat(
                        cascade.stages().stream().map(StageRecord::gate),
                        cascade.gates().stream().map(GateRecord::gate))
                .filter(gate -> gate != null);
    }

    /** Where a stage or a gate stands; the gate of a stage may be null. */
    private record Judged(StageRecord.Status status, GateDecision gate) {
        /** What keeps the check from passing; empty where nothing does. */
        Optional<Conclusion> objection() {
            return switch (status) {
                case ACCEPTED, RUNNING -> Optional.empty();
                case STOPPED -> Optional.of(Conclusion.CANCELED);
                case FAILED -> Optional.of(Conclusion.FAILURE);
                case REJECTED, UNSTABLE ->
                    Optional.of(
                            gate != null && gate.verdict() == GateVerdict.INCONCLUSIVE
                                    ? Conclusion.ACTION_REQUIRED
                                    : Conclusion.FAILURE);
            };
        }

        boolean passed() {
            return status == StageRecord.Status.ACCEPTED && (gate == null || gate.verdict() == GateVerdict.PASS);
        }
    }
}
