package io.jenkins.plugins.cascade.gate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The words a person reads: one finding a benchmark, in points (hundredths), with its bounds, and what to do next. */
final class Wording {

    private final Gate gate;
    private final Assessment assessment;
    private final Look look;
    private final Resolution resolution;

    Wording(Gate gate, Assessment assessment, Look look, Resolution resolution) {
        this.gate = gate;
        this.assessment = assessment;
        this.look = look;
        this.resolution = resolution;
    }

    String finding(GateVerdict verdict, Optional<Tolerance> used, boolean tooCoarse, boolean warning) {
        StringBuilder text = new StringBuilder(measured());
        text.append("; ").append(gate.kind() == Gate.Kind.TARGET ? target(verdict) : protectedBy(verdict, used));
        if (tooCoarse) {
            text.append(". ").append(remedy());
        } else if (verdict == GateVerdict.INCONCLUSIVE && look.hasNext()) {
            text.append(". Double the samples on both sides for look ").append(look.number() + 1);
            text.append(" of ").append(look.planned());
        }
        if (verdict == GateVerdict.PASS && used.isEmpty() && couldHide()) {
            text.append(String.format(
                    Locale.ROOT,
                    ". On %s a loss that falls whole on fewer than 1 in %.0f need not show",
                    units(),
                    Math.max(1 / unseenLoss(), 2)));
        }
        if (warning && used.isEmpty() && verdict != GateVerdict.REGRESSED) {
            text.append(". A drop is shown all the same: look at the items that were lost");
        }
        return text.append('.').toString();
    }

    /** The refusal of a margin that the baseline does not even hold against itself. */
    String belowOwnNoise(double leastMargin) {
        return measured() + "; but compared with itself the baseline varies too much for a margin of "
                + points(gate.margin()) + ": raise the samples an item or the margin to " + roundedUp(leastMargin)
                + " points.";
    }

    /** The refusal of a margin within which the whole score could be lost. */
    String cannotFail() {
        double score = assessment.scores().baselineMean();
        double usable = Math.floor(1000 * score + 1e-9) / 1000;
        String remedy = usable > 0 && usable >= resolution.provableMargin()
                ? "the largest usable margin is " + points(usable) + " points"
                : "no smaller margin can be shown here, so require a gain, or watch it";
        return measured() + "; the margin is " + points(gate.margin()) + ", but the baseline scores only "
                + points(score)
                + ", so this gate cannot fail: not decided. " + Character.toUpperCase(remedy.charAt(0))
                + remedy.substring(1) + ".";
    }

    private String measured() {
        return String.format(
                Locale.ROOT,
                "%s %s (%s %% bounds %s to %s)",
                gate.benchmark(),
                change(assessment.estimate().difference()),
                level(look.alpha()),
                points(assessment.interval().lower()),
                points(assessment.interval().upper()));
    }

    private String protectedBy(GateVerdict verdict, Optional<Tolerance> used) {
        String margin = "the margin is " + points(gate.margin());
        String tolerated = used.map(t -> ", and up to " + points(t.maxDrop()) + " may be lost until " + t.recoverBy()
                        + " (" + t.reason() + ")")
                .orElse("");
        String end =
                switch (verdict) {
                    case PASS -> used.isPresent() ? "passed, to be recovered" : "passed";
                    case REGRESSED -> "regressed";
                    default -> "not decided";
                };
        return margin + tolerated + ": " + end;
    }

    private String target(GateVerdict verdict) {
        String end =
                switch (verdict) {
                    case PASS -> "reached";
                    case REGRESSED -> "missed";
                    default -> "not shown";
                };
        String required = gate.requiredGain() == 0
                ? "a gain is required"
                : "a gain above " + points(gate.requiredGain()) + " is required";
        return required + ": " + end;
    }

    private String remedy() {
        String margin = "the margin to " + roundedUp(resolution.provableMargin()) + " points";
        boolean clustered =
                assessment.estimate().clusters() < assessment.estimate().items();
        String items = "use " + resolution.itemsNeeded() + " items" + (clustered ? " in as many more clusters" : "");
        if (resolution.samplesNeeded() == 0) {
            String why = couldHide() ? "a loss that falls whole on few need not be among " + units() + ", and " : "";
            return cannotDecide() + why + "more samples will not help; " + items + " or raise " + margin;
        }
        String samples =
                (resolution.samplesKnown() ? "raise K to " : "raise K to at least ") + resolution.samplesNeeded();
        return cannotDecide() + samples + " or " + margin + ", or " + items;
    }

    /** Whether so few items or clusters may hold none of those that a loss of the margin falls on. */
    private boolean couldHide() {
        return gate.kind() != Gate.Kind.TARGET && unseenLoss() > gate.margin();
    }

    private double unseenLoss() {
        return UnitShape.of(assessment.scores()).unseenLoss(look.alpha());
    }

    private String units() {
        PairedEstimate estimate = assessment.estimate();
        return estimate.clusters() < estimate.items() ? estimate.clusters() + " clusters" : estimate.items() + " items";
    }

    private String cannotDecide() {
        return "This benchmark cannot decide a margin of " + points(gate.margin()) + ": ";
    }

    /**
     * The finding on a whole comparison.
     *
     * @param ungated benchmarks that have scores but no gate, named so that a misspelt gate is seen
     */
    static String summary(
            GateVerdict verdict, List<BenchmarkDecision> decisions, DebtLedger ledger, List<String> ungated) {
        long deciding = decisions.stream().filter(BenchmarkDecision::decides).count();
        StringBuilder text = new StringBuilder();
        text.append(
                switch (verdict) {
                    case PASS ->
                        "Passed: "
                                + (deciding == 1
                                        ? "the deciding benchmark holds"
                                        : "all " + deciding + " deciding benchmarks hold");
                    case REGRESSED -> "Regressed: " + names(decisions, GateVerdict.REGRESSED);
                    case INCONCLUSIVE -> "Not decided: " + names(decisions, GateVerdict.INCONCLUSIVE);
                    case ERROR -> "Cannot be compared: " + names(decisions, GateVerdict.ERROR);
                });
        text.append('.');
        ledger.sentences().forEach(sentence -> text.append(' ').append(sentence));
        long owed = ledger.debts().stream().filter(Debt::blocksRelease).count();
        if (owed > 0) {
            text.append(" Nothing may be released while ")
                    .append(owed == 1 ? "a debt is" : owed + " debts are")
                    .append(" owed.");
        }
        if (!ungated.isEmpty()) {
            text.append(" Scored but without a gate: ")
                    .append(String.join(", ", ungated))
                    .append('.');
        }
        return text.toString();
    }

    /**
     * The finding on comparisons with several baselines: one sentence where all passed, otherwise what each of them found.
     *
     * @param first the comparison with the first baseline, with the words on debts
     */
    static String severalBaselines(
            GateVerdict worst, String baseline, GateDecision first, List<FurtherDecision> further) {
        if (worst == GateVerdict.PASS) {
            List<String> names = further.stream().map(FurtherDecision::baseline).toList();
            return first.summarySentence() + " The same holds against " + String.join(" and ", names) + ".";
        }
        StringBuilder text = new StringBuilder("Against " + baseline + ": " + first.summarySentence());
        further.forEach(other -> text.append(" Against ")
                .append(other.baseline())
                .append(": ")
                .append(other.decision().summarySentence()));
        return text.toString();
    }

    private static String names(List<BenchmarkDecision> decisions, GateVerdict verdict) {
        List<String> names = decisions.stream()
                .filter(d -> d.verdict() == verdict && (d.decides() || verdict == GateVerdict.ERROR))
                .map(BenchmarkDecision::benchmark)
                .toList();
        return names.isEmpty() ? "a debt that is due" : String.join(", ", names);
    }

    /** The finding on a debt that was due. */
    static String repayment(Debt debt, Interval interval, GateVerdict verdict) {
        String end =
                switch (verdict) {
                    case PASS -> "repaid";
                    case REGRESSED -> "not repaid";
                    default -> "not shown to be repaid";
                };
        return String.format(
                Locale.ROOT,
                "The debt on %s from %s (bounds %s to %s against %s, margin %s) is %s.",
                debt.benchmark(),
                debt.openedBy(),
                points(interval.lower()),
                points(interval.upper()),
                debt.baseline(),
                points(debt.margin()),
                end);
    }

    /** "rose by 1.2 points", "fell by 0.4 points" or "did not change". */
    static String change(double difference) {
        String size = points(Math.abs(difference));
        if (size.equals("0.0")) {
            return "did not change";
        }
        return (difference > 0 ? "rose by " : "fell by ") + size + " points";
    }

    /** A fraction in points with one decimal, never "-0.0". */
    static String points(double fraction) {
        String text = String.format(Locale.ROOT, "%.1f", 100 * fraction);
        return text.equals("-0.0") ? "0.0" : text;
    }

    /** A fraction in points, rounded up to one decimal. */
    static String roundedUp(double fraction) {
        return String.format(Locale.ROOT, "%.1f", Math.ceil(1000 * fraction - 1e-9) / 10);
    }

    /** The level of one-sided bounds as a percentage: 95, 98.3. */
    static String level(double alpha) {
        return String.format(Locale.ROOT, "%.1f", 100 * (1 - alpha)).replace(".0", "");
    }
}
