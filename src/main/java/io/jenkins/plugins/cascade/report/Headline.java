package io.jenkins.plugins.cascade.report;

import io.jenkins.plugins.cascade.gate.Debt;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a cascade came to, in words.
 *
 * @param tone how it is shown
 * @param word one word
 * @param sentence one or two sentences with the reason
 */
record Headline(Tone tone, String word, String sentence) {
    /** The headline of a record; what ended the cascade comes first. */
    static Headline of(CascadeRecord cascade) {
        for (StageRecord stage : cascade.stages()) {
            switch (stage.status()) {
                case FAILED, REJECTED, STOPPED -> {
                    return new Headline(
                            Tone.of(stage.status()),
                            word(stage.status()),
                            joined("Stage " + stage.name() + " " + verb(stage.status()), reason(stage)));
                }
                default -> {
                    // The next one may have ended it.
                }
            }
        }
        for (GateRecord gate : cascade.gates()) {
            if (gate.status() == StageRecord.Status.REJECTED || gate.status() == StageRecord.Status.FAILED) {
                return new Headline(
                        Tone.of(gate.status()),
                        word(gate.status()),
                        joined(
                                "Gate " + gate.name() + " (" + gate.candidate() + " against " + gate.baseline() + ")",
                                reason(gate)));
            }
        }
        return cascade.result() == null ? running(cascade) : ended(cascade);
    }

    /** Why a stage stands where it stands; empty where nothing is known. */
    static String reason(StageRecord stage) {
        if (!stage.message().isBlank()) {
            return stage.message();
        }
        return stage.gate() == null ? "" : stage.gate().summarySentence();
    }

    /** Why a gate came out as it did. */
    static String reason(GateRecord gate) {
        return gate.message().isBlank() ? gate.gate().summarySentence() : gate.message();
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
        String last = cascade.gates().isEmpty()
                ? ""
                : " " + reason(cascade.gates().get(cascade.gates().size() - 1));
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

    private static Headline success(CascadeRecord cascade, String last) {
        if (cascade.stages().isEmpty()) {
            return new Headline(Tone.PLAIN, "Empty", "The cascade ended without a single stage.");
        }
        long owed = openDebts(cascade);
        String debts = owed == 0 ? "" : " " + counted(owed, "trade-off") + " still to be repaid.";
        return new Headline(
                owed == 0 ? Tone.GOOD : Tone.UNSURE,
                "Passed",
                counted(accepted(cascade), "stage") + " accepted." + last + debts);
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
