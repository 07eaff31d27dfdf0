package io.jenkins.plugins.cascade.steps;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.cascade.stage.CascadeOptions;
import io.jenkins.plugins.cascade.stage.CascadeSession;
import io.jenkins.plugins.cascade.stage.MlflowRuns;
import io.jenkins.plugins.cascade.stage.StageException;
import io.jenkins.plugins.cascade.track.Tracker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The session of one build while the controller runs. Opened by the first step that needs it, again after a restart. */
final class BuildSession {
    private static final String FOLDER = "cascade";
    private static final String JOURNAL = "journal.jsonl";
    private static final int SECONDS_A_MINUTE = 60;

    private final Run<?, ?> run;
    private final Path folder;
    private MlflowTarget target;
    private MlflowAccess access;
    private Tracker tracker;
    private CascadeSession session;
    private String trouble;
    private boolean over;

    BuildSession(Run<?, ?> run) {
        this.run = run;
        this.folder = run.getRootDir().toPath().resolve(FOLDER);
    }

    /** Whether the build has a session or had one before a restart. */
    synchronized boolean begun() {
        return session != null || Files.isDirectory(folder);
    }

    /**
     * The session; opened where it is not open yet.
     *
     * @param asked where the step wants its runs to go; null where it says nothing
     * @param environment the step's environment, for the tags of the runs
     * @throws AbortException with one sentence when the step names another place than the build's first one, or one that is not allowed
     * @throws IOException when the build's folder cannot be written
     */
    synchronized CascadeSession open(MlflowArgument asked, Map<String, String> environment)
            throws IOException, StageException {
        if (over) {
            throw new IOException("The build has ended");
        }
        CascadeConfiguration configuration = CascadeConfiguration.get();
        if (session == null) {
            boolean again = MlflowTargetFile.read(folder).isPresent();
            target = target(asked, configuration);
            access = access(configuration, again);
            if (!again) {
                MlflowTargetFile.write(folder, target);
            }
            tracker = Tracker.reopen(folder.resolve(JOURNAL), access.environment());
            session = session(configuration, environment);
        } else if (asked != null) {
            target(asked, configuration);
        }
        return session;
    }

    /** MLflow's variables for a process that sends a checkpoint there, secrets included; empty without a server. */
    synchronized Map<String, String> mlflowVariables() {
        return access == null ? Map.of() : access.variables();
    }

    /** The text with the secret of the MLflow server replaced, where it should be in it. */
    synchronized String masked(String text) {
        return access == null ? text : access.masked(text);
    }

    /**
     * Ends the records of the build. A session that an earlier process left is opened for that.
     *
     * @param result {@code SUCCESS}, {@code UNSTABLE}, {@code FAILURE} or {@code ABORTED}
     */
    synchronized void finish(String result, Consumer<String> console) {
        try {
            CascadeSession ending = open(null, Map.of());
            ending.finish(result).map(this::masked).ifPresent(console);
            close();
            Stream.concat(Stream.ofNullable(trouble), tracker.warnings().stream())
                    .forEach(warning -> console.accept("warning: " + masked(warning)));
            String page = ending.record().mlflowUrl();
            if (page != null) {
                console.accept("MLflow: " + page);
            }
        } catch (IOException | StageException e) {
            console.accept("warning: the record of the build could not be ended: " + masked(e.getMessage()));
        }
    }

    /** Writes what is left to write; the next process goes on. */
    synchronized void close() {
        over = true;
        if (tracker != null) {
            tracker.close();
        }
    }

    /** The way to the server. What was allowed when the build began must not end its training when it no longer is. */
    private MlflowAccess access(CascadeConfiguration configuration, boolean again) throws AbortException {
        AllowedHosts allowed = AllowedHosts.of(configuration.getAllowedHosts(), configuration.getMlflowUrl());
        try {
            return MlflowAccess.of(target, allowed, run);
        } catch (AbortException e) {
            if (!again) {
                throw e;
            }
            trouble = e.getMessage() + "; what happened since the controller's restart is kept in "
                    + folder.resolve(JOURNAL);
            return MlflowAccess.none();
        }
    }

    private CascadeSession session(CascadeConfiguration configuration, Map<String, String> environment)
            throws StageException {
        String job = run.getParent().getFullName();
        String experiment = Default.of(target.experiment(), job);
        int number = run.getNumber();
        CascadeOptions options = CascadeOptions.local(folder, folder, job, number)
                .withCommit(environment.get("GIT_COMMIT"))
                .withTracking(experiment, job + " #" + number, BuildTags.of(environment, job, number))
                .withPatience(
                        Duration.ofSeconds(configuration.getGraceSeconds()),
                        configuration.getLeaseMinutes() * SECONDS_A_MINUTE);
        try {
            return CascadeSession.reopen(options, tracker, MlflowRuns.of(access.environment(), experiment));
        } catch (StageException e) {
            tracker.close();
            throw e;
        }
    }

    /** Where the build's runs go: as its first step said, also after a restart. */
    private MlflowTarget target(MlflowArgument asked, CascadeConfiguration configuration) throws IOException {
        MlflowTarget wanted =
                MlflowTarget.of(asked, configuration.getMlflowUrl(), configuration.getMlflowCredentialsId());
        Optional<MlflowTarget> first = MlflowTargetFile.read(folder);
        if (first.isEmpty()) {
            return wanted;
        }
        if (asked != null && !first.get().equals(wanted)) {
            throw new AbortException(
                    "mlflow(...) of this step differs from that of the build's first stage, and a build logs to"
                            + " one place: give all of them the same, or only the first");
        }
        return first.get();
    }
}
