package io.jenkins.plugins.cascade.recipe;

import java.util.Arrays;
import java.util.Optional;

/** How a trainer ends; the numbers follow sysexits.h where it has one. */
public enum ExitCode {
    /** Trained, evaluated, result written. */
    DONE(0),
    /** The specification or the data are wrong; repeating it does not help. */
    BAD_INPUT(64),
    /** Another trainer holds the stage's directory. */
    BUSY(69),
    /** A loss or a gradient that is not a number, or a diverging run. */
    NUMERIC_FAILURE(70),
    /** Out of memory. */
    OUT_OF_MEMORY(71),
    /** A file could not be written: full or read-only disk. */
    CANNOT_WRITE(73),
    /** Stopped on request or because the lease ran out; can be resumed. */
    STOPPED(75),
    /** More rewards failed than the error budget allows, or a canary was misjudged. */
    REWARDS_FAILED(76);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** The process exit code. */
    public int code() {
        return code;
    }

    /** The meaning of an exit code, empty for one that no trainer gives itself (a signal, a crash). */
    public static Optional<ExitCode> of(int code) {
        return Arrays.stream(values()).filter(value -> value.code == code).findFirst();
    }
}
