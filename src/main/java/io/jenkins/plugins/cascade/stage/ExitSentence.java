package io.jenkins.plugins.cascade.stage;

import io.jenkins.plugins.cascade.recipe.ExitCode;

/** What a trainer's exit code means, in words. */
final class ExitSentence {
    private static final int SIGNAL = 128;
    private static final int SIGINT = 2;
    private static final int SIGABRT = 6;
    private static final int SIGKILL = 9;
    private static final int SIGSEGV = 11;
    private static final int SIGTERM = 15;

    private ExitSentence() {}

    static String of(int code) {
        return ExitCode.of(code).map(ExitSentence::known).orElseGet(() -> unknown(code));
    }

    private static String known(ExitCode code) {
        return switch (code) {
            case DONE -> "it finished";
            case BAD_INPUT -> "the specification or the data are wrong, and repeating it does not help";
            case BUSY -> "another trainer holds the stage's directory";
            case NUMERIC_FAILURE ->
                "a loss or a gradient is not a number, or the run diverges; lower the learning rate";
            case OUT_OF_MEMORY -> "memory ran out; lower microBatch or maxTokens";
            case CANNOT_WRITE -> "a file could not be written, because the disk is full or read-only";
            case STOPPED -> "it was stopped and can be resumed";
            case REWARDS_FAILED -> "more rewards failed than errorBudget allows, or a known answer was misjudged";
        };
    }

    private static String unknown(int code) {
        return switch (code - SIGNAL) {
            case SIGKILL -> "it was killed (SIGKILL), by a person or by the kernel for want of memory";
            case SIGSEGV -> "it crashed (SIGSEGV) in native code";
            case SIGABRT -> "it aborted (SIGABRT) in native code or for want of memory";
            case SIGTERM, SIGINT -> "it was ended by a signal";
            default -> "it ended unexpectedly with exit code " + code;
        };
    }
}
