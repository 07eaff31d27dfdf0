package io.jenkins.plugins.cascade.report;

import io.jenkins.plugins.cascade.gate.Debt;
import io.jenkins.plugins.cascade.gate.GateDecision;
import io.jenkins.plugins.cascade.gate.GateVerdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a cascade came to, in words.
 *
 * @param tone how it is shown
 * @param word one word
 * @param sentence one or two sentences with the reason
 */
record Headline(Tone tone, String word, String sentence) {
    private static final int MOST_FINDINGS = 2;

    /** The headline of a record; what ended the cascade comes first. */
    static Headline of(CascadeRecord cascade) {
        Optional<StageRecord> last =
                cascade.stages().stream().filter(Headline::hasEnded).findFirst();
        if (last.isPresent()) {
            return of(last.get());
        }
        Optional<GateRecord> gate = cascade.gates().stream()
                .filter(candidate -> candidate.status() == StageRecord.Status.REJECTED
                        || candidate.status() == StageRecord.Status.FAILED)
                .findFirst();
        if (gate.isPresent()) {
            return of(gate.get());
        }
        return cascade.result() == null ? running(cascade) : ended(cascade);
    }

    private static boolean hasEnded(StageRecord stage) {
        return switch (stage.status()) {
            case FAILED, REJECTED, STOPPED -> true;
            case RUNNING, ACCEPTED, UNSTABLE -> false;
        };
    }

    private static Headline of(StageRecord stage) {
        String start = "Stage " + stage.name() + " " + verb(stage.status());
        return new Headline(Tone.of(stage.status()), word(stage.status()), joined(start, reason(stage)));
    }

    private static Headline of(GateRecord gate) {
        String start = "Gate " + gate.name() + " (" + gate.candidate() + " against " + gate.baseline() + ")";
        return new Headline(Tone.of(gate.status()), word(gate.status()), joined(start, reason(gate)));
    }

    /** How a stage's reason is shown: one that was accepted against its gate as what the gate said. */
    static Tone tone(StageRecord stage) {
        return isOverruled(stage) ? Tone.of(stage.gate().verdict()) : Tone.of(stage.status());
    }

    /** Whether the stage was accepted although its gate did not pass, because the policy says so. */
    private static boolean isOverruled(StageRecord stage) {
        return stage.status() == StageRecord.Status.ACCEPTED
                && stage.gate() != null
                && stage.gate().verdict() != GateVerdict.PASS;
    }

    /** Why a stage stands where it stands; empty where nothing is known. */
    static String reason(StageRecord stage) {
        return stage.gate() == null ? stage.message() : reason(stage.message(), stage.gate());
    }

    /** Why a gate came out as it did. */
    static String reason(GateRecord gate) {
        return reason(gate.message(), gate.gate());
    }

    /** What stands above a gate's table: the message, or the reason where the gate did not pass; empty for a plain pass. */
    static String lead(String message, GateDecision gate) {
        return gate == null || gate.verdict() == GateVerdict.PASS ? message : reason(message, gate);
    }

    /** The message where it says more than the gate does; otherwise the findings that made the verdict, the gate's summary without any. */
    private static String reason(String message, GateDecision gate) {
        if (!message.isBlank() && !message.equals(gate.summarySentence())) {
            return message;
        }
        List<String> findings = gate.benchmarks().stream()
                .filter(row -> row.decides() && row.verdict() == gate.verdict() && GateRow.isFinding(row))
                .map(GateRow::finding)
                .toList();
        if (findings.isEmpty()) {
            return gate.summarySentence();
        }
        int more = findings.size() - MOST_FINDINGS;
        String others = more > 0 ? " (" + more + " more)" : "";
        return findings.stream().limit(MOST_FINDINGS).collect(Collectors.joining(" ")) + others;
    }

    /** A status as a word. */
    static String word(StageRecord.Status status) {
        return switch (status) {
            case RUNNING -> "Running";
            case ACCEPTED -> "Accepted";
            case UNSTABLE -> "Unstable";
            case REJECTED -> "Rejected";
            case FAILED -> "Failed";
            case STOPPED -> "Stopped";
        };
    }

    private static String verb(StageRecord.Status status) {
        return switch (status) {
            case FAILED -> "failed";
            case REJECTED -> "was rejected by its gate";
            case STOPPED -> "was stopped and can be resumed";
            default -> "is " + word(status);
        };
    }

    private static Headline running(CascadeRecord cascade) {
        String accepted = counted(accepted(cascade), "stage") + " accepted so far.";
        return cascade.stages().stream()
                .filter(stage -> stage.status() == StageRecord.Status.RUNNING)
                .findFirst()
                .map(stage -> new Headline(Tone.PLAIN, "Running", "Stage " + stage.name() + " is running. " + accepted))
                .orElse(new Headline(Tone.PLAIN, "Running", "No stage is running at the moment. " + accepted));
    }

    private static Headline ended(CascadeRecord cascade) {
        String unstable = String.join(", ", names(cascade, stage -> stage.status() == StageRecord.Status.UNSTABLE));
        boolean gateUnstable = cascade.gates().stream().anyMatch(gate -> gate.status() == StageRecord.Status.UNSTABLE);
        String last = last(cascade.gates());
        if (!unstable.isEmpty() || gateUnstable) {
            String where = unstable.isEmpty() ? "A gate" : "Marked: " + unstable + ". A gate";
            return new Headline(
                    Tone.UNSURE, "Unstable", where + " objected, and the policy let the cascade go on." + last);
        }
        return switch (cascade.result()) {
            case "SUCCESS" -> success(cascade, last);
            case "ABORTED" ->
                new Headline(
                        Tone.UNSURE,
                        "Aborted",
                        "The cascade was aborted after " + counted(accepted(cascade), "accepted stage") + ".");
            case "UNSTABLE" ->
                new Headline(Tone.UNSURE, "Unstable", "The build is unstable, the stages are accepted." + last);
            default ->
                new Headline(
                        Tone.BROKEN,
                        "Failed",
                        "The build failed outside the stages, see its log. " + counted(accepted(cascade), "stage")
                                + " accepted." + last);
        };
    }

    private static String last(List<GateRecord> gates) {
        if (gates.isEmpty()) {
            return "";
        }
        GateRecord gate = gates.get(gates.size() - 1);
        return " " + gate.candidate() + " against " + gate.baseline() + ": " + reason(gate);
    }

    private static Headline success(CascadeRecord cascade, String last) {
        if (cascade.stages().isEmpty()) {
            return new Headline(Tone.PLAIN, "Empty", "The cascade ended without a single stage.");
        }
        String overruled = cascade.stages().stream()
                .filter(Headline::isOverruled)
                .map(stage -> stage.name() + " (" + stage.gate().verdict() + ")")
                .collect(Collectors.joining(", "));
        String policy = overruled.isEmpty() ? "" : " The policy let pass what the gate did not: " + overruled + ".";
        long owed = openDebts(cascade);
        String debts = owed == 0 ? "" : " " + counted(owed, "trade-off") + " still to be repaid.";
        return new Headline(
                policy.isEmpty() && debts.isEmpty() ? Tone.GOOD : Tone.UNSURE,
                "Passed",
                counted(accepted(cascade), "stage") + " accepted." + policy + last + debts);
    }

    /** Trade-offs that the last decision about them leaves unpaid. */
    private static long openDebts(CascadeRecord cascade) {
        List<StageRecord> judged =
                cascade.stages().stream().filter(stage -> stage.gate() != null).toList();
        if (judged.isEmpty()) {
            return 0;
        }
        return judged.get(judged.size() - 1).gate().debts().stream()
                .filter(Debt::blocksRelease)
                .count();
    }

    private static long accepted(CascadeRecord cascade) {
        return names(cascade, stage -> stage.status() == StageRecord.Status.ACCEPTED)
                .size();
    }

    private static List<String> names(CascadeRecord cascade, Predicate<StageRecord> which) {
        return cascade.stages().stream().filter(which).map(StageRecord::name).toList();
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static String joined(String start, String reason) {
        return reason.isBlank() ? start + "." : start + ": " + reason;
    }
}
