package io.jenkins.plugins.cascade.recipe;

/** A data file that cannot be used; the message names the file, the line and the reason. */
public class DataException extends StageFailure {
    private static final long serialVersionUID = 1L;

    /** A fault of the whole file. */
    public DataException(String file, String reason) {
        super(ExitCode.BAD_INPUT, file + " " + reason + ".");
    }

    /** A fault of one line, counted from 1. */
    public DataException(String file, int line, String reason) {
        super(ExitCode.BAD_INPUT, file + ", line " + line + ": " + reason + ".");
    }
}
