package io.jenkins.plugins.cascade.local.build;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What of a build changes while it runs; shared by its branches. */
public final class BuildState {
    private final Map<String, String> environment = new ConcurrentHashMap<>();
    private Result result;
    private String displayName;
    private String description;

    /** A build that has just begun. */
    public BuildState(int number) {
        displayName = "#" + number;
    }

    /** The result set so far; empty while nothing went wrong. */
    public synchronized Optional<Result> result() {
        return Optional.ofNullable(result);
    }

    /** The result so far, SUCCESS while nothing went wrong. */
    public synchronized Result currentResult() {
        return result == null ? Result.SUCCESS : result;
    }

    /** Sets the result; it only ever gets worse, as in Jenkins. */
    public synchronized void worsen(Result worse) {
        result = result == null ? worse : result.combine(worse);
    }

    /** Replaces the result, also by none: for the time of a post condition. */
    public synchronized void replaceResult(Result replacement) {
        result = replacement;
    }

    /** Variables that the Jenkinsfile set with {@code env.NAME = ...}; may be changed. */
    public Map<String, String> environment() {
        return environment;
    }

    /** The name shown for the build. */
    public synchronized String displayName() {
        return displayName;
    }

    /** Names the build. */
    public synchronized void setDisplayName(String name) {
        displayName = name;
    }

    /** What the Jenkinsfile says about the build; may be null. */
    public synchronized String description() {
        return description;
    }

    /** Describes the build. */
    public synchronized void setDescription(String text) {
        description = text;
    }
}
