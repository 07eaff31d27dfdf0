package io.jenkins.plugins.cascade.local.cps;

import io.jenkins.plugins.cascade.local.build.LocalBuild;
import io.jenkins.plugins.cascade.local.build.Result;

/** The {@code currentBuild} of a Jenkinsfile. */
public final class CurrentBuild {
    private final LocalBuild build;

    CurrentBuild(LocalBuild build) {
        this.build = build;
    }

    /** The number, from 1. */
    public int getNumber() {
        return build.number();
    }

    /** The number as text. */
    public String getId() {
        return Integer.toString(build.number());
    }

    /** The result set so far, null while nothing went wrong. */
    public String getResult() {
        return build.state().result().map(Enum::name).orElse(null);
    }

    /**
     * Sets the result; it only gets worse.
     *
     * @throws IllegalArgumentException if there is no such result
     */
    public void setResult(String result) {
        build.state().worsen(Result.valueOf(result));
    }

    /** The result so far, never null. */
    public String getCurrentResult() {
        return build.state().currentResult().name();
    }

    /** True if the result so far is that good or better. */
    public boolean resultIsBetterOrEqualTo(String other) {
        return !build.state().currentResult().isWorseThan(Result.valueOf(other));
    }

    /** True if the result so far is that bad or worse. */
    public boolean resultIsWorseOrEqualTo(String other) {
        return !Result.valueOf(other).isWorseThan(build.state().currentResult());
    }

    /** The name shown. */
    public String getDisplayName() {
        return build.state().displayName();
    }

    /** Names the build. */
    public void setDisplayName(String name) {
        build.state().setDisplayName(name);
    }

    /** The job's name and the build's. */
    public String getFullDisplayName() {
        return build.jobName() + " " + getDisplayName();
    }

    /** The job's name. */
    public String getProjectName() {
        return build.jobName();
    }

    /** What was said about the build, may be null. */
    public String getDescription() {
        return build.state().description();
    }

    /** Describes the build. */
    public void setDescription(String text) {
        build.state().setDescription(text);
    }

    /** When it began, milliseconds since the epoch. */
    public long getStartTimeInMillis() {
        return build.startMillis();
    }

    /** How long it runs, in milliseconds. */
    public long getDuration() {
        return System.currentTimeMillis() - build.startMillis();
    }

    /** The previous completed build of the workspace, null if there is none. */
    public PreviousBuild getPreviousBuild() {
        return build.previous().map(PreviousBuild::new).orElse(null);
    }
}
