package io.jenkins.plugins.cascade.local.build;

/** The result of a build, with Jenkins' names, order and exit codes (hudson.model.Result.ordinal). */
public enum Result {
    SUCCESS,
    UNSTABLE,
    FAILURE,
    NOT_BUILT,
    ABORTED;

    /** The worse of the two. */
    public Result combine(Result other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** True if this is strictly worse. */
    public boolean isWorseThan(Result other) {
        return compareTo(other) > 0;
    }

    /** 0 SUCCESS, 1 UNSTABLE, 2 FAILURE, 3 NOT_BUILT, 4 ABORTED. */
    public int exitCode() {
        return ordinal();
    }
}
