package io.jenkins.plugins.cascade.stage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What a session needs to know of its build.
 *
 * @param workspace folder under which {@code stages/} keeps the stages of all builds
 * @param buildDirectory folder for {@code cascade.json} and the report
 * @param cascade name of the job or of the Jenkinsfile
 * @param build build number, at least 0
 * @param resume whether what an earlier build left unfinished must be continued: a stage whose data changed since then is refused
 *     instead of started again
 * @param experiment name of the MLflow experiment
 * @param runName name of the parent run
 * @param tags tags of the parent run
 * @param commit commit of the sources; null where unknown
 * @param grace how long a cancelled trainer may take to write its checkpoint
 * @param leaseSeconds a trainer that nobody has followed for so long ends with a checkpoint; 0 for never
 */
public record CascadeOptions(
        Path workspace,
        Path buildDirectory,
        String cascade,
        int build,
        boolean resume,
        String experiment,
        String runName,
        Map<String, String> tags,
        String commit,
        Duration grace,
        int leaseSeconds) {
    /** How long a cancelled trainer may take by default. */
    public static final Duration DEFAULT_GRACE = Duration.ofSeconds(60);

    /** Lease of a trainer on the same machine, in seconds. */
    public static final int LOCAL_LEASE_SECONDS = 30;

    /** How long a cancelled trainer on another machine may take by default. */
    public static final Duration REMOTE_GRACE = Duration.ofSeconds(120);

    /** Lease of a trainer on another machine, in seconds. */
    public static final int REMOTE_LEASE_SECONDS = 3600;

    /** Makes the paths absolute and copies the tags. */
    public CascadeOptions {
        workspace = workspace.toAbsolutePath().normalize();
        buildDirectory = buildDirectory.toAbsolutePath().normalize();
        tags = Map.copyOf(tags);
    }

    /** A build on this machine with the usual grace and lease, its experiment named after the cascade. */
    public static CascadeOptions local(Path workspace, Path buildDirectory, String cascade, int build) {
        return new CascadeOptions(
                workspace,
                buildDirectory,
                cascade,
                build,
                false,
                cascade,
                cascade + " #" + build,
                Map.of(),
                null,
                DEFAULT_GRACE,
                LOCAL_LEASE_SECONDS);
    }

    /**
     * A build on a controller, whose stages run elsewhere: a lease of an hour, so that a restart of the controller costs no training.
     *
     * @param folder keeps all that the controller knows of the build
     */
    public static CascadeOptions onController(Path folder, String cascade, int build) {
        return local(folder, folder, cascade, build).withPatience(REMOTE_GRACE, REMOTE_LEASE_SECONDS);
    }

    /** What the lineage of a checkpoint says of its build. */
    Generation.Origin origin() {
        return new Generation.Origin(cascade, build, commit);
    }

    /** The same, resuming or not. */
    public CascadeOptions withResume(boolean value) {
        return new CascadeOptions(
                workspace,
                buildDirectory,
                cascade,
                build,
                value,
                experiment,
                runName,
                tags,
                commit,
                grace,
                leaseSeconds);
    }

    /** The same with names and tags for MLflow. */
    public CascadeOptions withTracking(String newExperiment, String newRunName, Map<String, String> newTags) {
        return new CascadeOptions(
                workspace,
                buildDirectory,
                cascade,
                build,
                resume,
                newExperiment,
                newRunName,
                newTags,
                commit,
                grace,
                leaseSeconds);
    }

    /** The same with the commit of the sources. */
    public CascadeOptions withCommit(String newCommit) {
        return new CascadeOptions(
                workspace,
                buildDirectory,
                cascade,
                build,
                resume,
                experiment,
                runName,
                tags,
                newCommit,
                grace,
                leaseSeconds);
    }

    /** The same with another grace and lease. */
    public CascadeOptions withPatience(Duration newGrace, int newLeaseSeconds) {
        return new CascadeOptions(
                workspace,
                buildDirectory,
                cascade,
                build,
                resume,
                experiment,
                runName,
                tags,
                commit,
                newGrace,
                newLeaseSeconds);
    }
}
