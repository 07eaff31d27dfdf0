package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageStatus;
import io.jenkins.plugins.cascade.report.StageRecord;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a trainer's process ended.
 *
 * @param failure FAILED or STOPPED; null when it trained to the end
 * @param message why, for people
 */
record Ending(StageRecord.Status failure, String message) {
    /** It trained to the end. */
    static final Ending DONE = new Ending(null, "");

    /** It never began. */
    static final Ending BEFORE_THE_START =
            new Ending(StageRecord.Status.STOPPED, "Stopped before the trainer was started");

    /**
     * What the exit code, or where nobody learned it the files, say.
     *
     * @param directory the stage's files
     * @param exitCode the process's exit code, empty for an adopted trainer, whose code only its parent process learns
     * @param cancelled whether it was asked to stop from here
     * @param place the stage's directory, for people
     */
    static Ending of(StageDirectory directory, OptionalInt exitCode, boolean cancelled, String place) {
        Optional<StageStatus> status = directory.status();
        int code = exitCode.orElseGet(() -> inferred(directory));
        String where = "; its checkpoints are in " + place + ", and the next run goes on from them";
        if (cancelled) {
            return new Ending(StageRecord.Status.STOPPED, "Stopped on request" + where);
        }
        if (code == ExitCode.STOPPED.code()) {
            return new Ending(StageRecord.Status.STOPPED, "The trainer stopped by itself" + reason(status) + where);
        }
        if (code == ExitCode.DONE.code()) {
            return DONE;
        }
        return new Ending(
                StageRecord.Status.FAILED,
                failure(code, reason(status)) + "; its output is in " + place + "/" + StageFiles.LOG);
    }

    /** Whether a trainer left the directory with a checkpoint and nothing else wrong. */
    static boolean stoppedItself(StageDirectory directory) {
        return !directory.finished()
                && directory
                        .status()
                        .map(status -> status.state() == StageStatus.State.STOPPED)
                        .orElse(false);
    }

    private static int inferred(StageDirectory directory) {
        if (directory.finished()) {
            return ExitCode.DONE.code();
        }
        return stoppedItself(directory) ? ExitCode.STOPPED.code() : 1;
    }

    /** A trainer that refuses its input says what is wrong with it, and nothing need be added. */
    private static String failure(int code, String reason) {
        return code == ExitCode.BAD_INPUT.code() && !reason.isEmpty()
                ? "The trainer refuses what it was given" + reason
                : "The trainer failed (exit code " + code + "): " + ExitSentence.of(code) + reason;
    }

    private static String reason(Optional<StageStatus> status) {
        return status.filter(s -> s.state() == StageStatus.State.FAILED || s.state() == StageStatus.State.STOPPED)
                .map(StageStatus::message)
                .map(UntrustedFile::printable)
                .filter(message -> !message.isBlank())
                .map(message -> ": " + message.replaceFirst("\\.$", ""))
                .orElse("");
    }
}
