package io.jenkins.plugins.cascade.track;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a cascade logs to: a parent run, nested runs, metrics with steps, parameters, tags.
 *
 * <p>No method fails or waits long because a tracking server is slow, away or refuses something: that ends up in
 * {@link #warnings()}, and what was logged stays in the journal. All methods may be called from several threads.
 */
public interface Tracker extends AutoCloseable {

    /**
     * Opens the journal and, where {@link TrackingEnvironment#trackingUri()} names a server, the way to it.
     *
     * @param journal file to append to, {@code journal.jsonl} in the run's folder; what an earlier process left unsent
     *     in it is sent too, and runs that process left open are ended as {@link RunStatus#FAILED}
     * @throws IOException if the journal cannot be written, or another process is writing it
     */
    static Tracker open(Path journal, TrackingEnvironment environment) throws IOException {
        return TrackerFactory.open(journal, environment);
    }

    /**
     * Opens the journal as {@link #open} does, except that the runs which an earlier process left open stay open: whoever reopens goes on
     * with them by {@link RunStart#resuming}.
     *
     * @throws IOException if the journal cannot be written, or another process is writing it
     */
    static Tracker reopen(Path journal, TrackingEnvironment environment) throws IOException {
        return TrackerFactory.reopen(journal, environment);
    }

    /**
     * Starts a run, or goes on with one. Where a server is set, waits up to five seconds for it to know the run, so that
     * {@link #url} has an answer; a server that is known to be away is not waited for.
     *
     * @return the id that the other methods take: 32 hexadecimal digits made here, the same in the journal and in
     *     MLflow's tag {@value RunTags#RUN}; for a resumed run, the id that was given
     */
    String startRun(RunStart start);

    /**
     * Logs the values of several metrics at one step; returns when they are in the journal.
     *
     * @param step step of the optimizer or index of the stage, from 0
     * @param timestampMillis when it was measured, in milliseconds since 1970: logging the same values with the same
     *     step and time again changes nothing on the server
     * @param values by metric name; characters that MLflow does not allow are replaced ({@code pass@1} becomes
     *     {@code pass_at_1}); NaN is kept, an infinity becomes the largest double, as on the server
     */
    void metrics(String runId, long step, long timestampMillis, Map<String, Double> values);

    /** Logs parameters. The first value of a parameter stays; values over 6000 characters are cut, visibly. */
    void params(String runId, Map<String, String> values);

    /** Sets tags; the last value of a tag stays; values over 8000 characters are cut, visibly. */
    void tags(String runId, Map<String, String> values);

    /** Logs the data sets that a run read; the same again changes nothing. */
    void inputs(String runId, List<Dataset> datasets);

    /**
     * Lets a file go to the artifacts of a run once the server takes it; a file that changes until then goes as it is then.
     *
     * @param file in the folder of the journal or below it, a few megabytes at most: what follows in the journal waits for it
     * @param path of the artifact
     * @throws IllegalArgumentException when the file lies elsewhere, or the path is none of an artifact
     */
    void artifact(String runId, Path file, String path);

    /**
     * The server, for what is too large for the journal; empty without one. Other than this tracker's own methods, the server's wait for an
     * answer and fail without one.
     */
    Optional<TrackingServer> server();

    /** Ends a run. It can be started again by {@link RunStart#resuming}. */
    void endRun(String runId, RunStatus status);

    /** MLflow's own id of a run; empty without a server, and before the server has answered. */
    Optional<String> mlflowRunId(String runId);

    /** Address of the run's page, for people; empty without a server, and before the server has answered. */
    Optional<String> url(String runId);

    /** Address of the chart that compares the runs of this run's experiment; empty as {@link #url} is. */
    Optional<String> comparisonUrl(String runId);

    /** What a person should know, each in one sentence; empty when all is well. Never holds a secret. */
    List<String> warnings();

    /**
     * Makes the journal durable and gives the server up to ten seconds to take what it has not yet; the rest stays in
     * the journal, and {@link #warnings()} then says so. Does not end runs.
     */
    @Override
    void close();
}
