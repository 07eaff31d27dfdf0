package io.jenkins.plugins.cascade.local.cps;

import io.jenkins.plugins.cascade.local.build.BuildRecord;

/** {@code currentBuild.previousBuild}. */
public final class PreviousBuild {
    private final BuildRecord build;

    PreviousBuild(BuildRecord build) {
        this.build = build;
    }

    /** The number. */
    public int getNumber() {
        return build.number();
    }

    /** The result. */
    public String getResult() {
        return build.result().name();
    }

    /** The result. */
    public String getCurrentResult() {
        return getResult();
    }

    /** How long it took, in milliseconds. */
    public long getDuration() {
        return build.durationMillis();
    }

    /** When it began, milliseconds since the epoch. */
    public long getStartTimeInMillis() {
        return build.startMillis();
    }
}
