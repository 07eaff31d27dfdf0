package io.jenkins.plugins.cascade.trainer;

import io.jenkins.plugins.cascade.model.ModelException;
import io.jenkins.plugins.cascade.model.OutOfDeviceMemoryException;
import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import io.jenkins.plugins.cascade.verify.CanaryException;
import io.jenkins.plugins.cascade.verify.InvalidVerifierException;

/**
 * What a throwable means for the process.
 *
 * @param exitCode process exit code
 * @param stopped whether it is an end that was asked for
 * @param sentence for stderr and the status file
 * @param expected whether the sentence tells all; otherwise the log gets the stack trace
 */
record Failure(int exitCode, boolean stopped, String sentence, boolean expected) {
    /** Java's own code for an uncaught exception, which {@link ExitCode} leaves to crashes. */
    private static final int CRASH = 1;

    static Failure of(Throwable thrown) {
        if (thrown instanceof StageFailure failure) {
            boolean stopped = failure.exitCode() == ExitCode.STOPPED;
            return new Failure(failure.exitCode().code(), stopped, failure.getMessage(), true);
        }
        if (thrown instanceof OutOfDeviceMemoryException) {
            return expected(ExitCode.OUT_OF_MEMORY, thrown.getMessage());
        }
        if (thrown instanceof OutOfMemoryError) {
            return expected(
                    ExitCode.OUT_OF_MEMORY,
                    "The Java heap of " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB is too small ("
                            + thrown.getMessage() + "); raise -Xmx or use less data.");
        }
        if (thrown instanceof CanaryException) {
            return expected(ExitCode.REWARDS_FAILED, thrown.getMessage());
        }
        if (thrown instanceof ModelException || thrown instanceof InvalidVerifierException) {
            return expected(ExitCode.BAD_INPUT, thrown.getMessage());
        }
        return new Failure(
                CRASH, false, "The trainer failed unexpectedly: " + thrown + "; its log has the details.", false);
    }

    private static Failure expected(ExitCode code, String sentence) {
        return new Failure(code.code(), false, sentence, true);
    }
}
