package io.jenkins.plugins.cascade.track;

import java.util.List;
import java.util.Optional;
import org.mlflow.api.proto.Service;

/**
 * The calls of an MLflow server that tracking needs, in the protocol types of MLflow's own Java client.
 *
 * <p>Every method throws {@link TrackingException} when the server is away, refuses the credentials or the call.
 */
public interface TrackingServer {
    /** Address without credentials; what has been delivered is remembered by it. */
    String address();

    /** Page of a run, for people. */
    String runPage(String experimentId, String runId);

    /** Chart of an experiment's runs, for people. */
    String chartPage(String experimentId);

    /** Id of the experiment with this name, which is made when it is not there. */
    String experimentId(String name) throws TrackingException;

    /** The newest run of an experiment whose tag has this value, deleted runs included. */
    Optional<Service.Run> findRun(String experimentId, String tag, String value) throws TrackingException;

    /** A run by MLflow's id, deleted runs included. */
    Optional<Service.Run> run(String runId) throws TrackingException;

    /** Makes a run; never repeated here, since every call makes one. */
    Service.Run createRun(Service.CreateRun request) throws TrackingException;

    /** Logs metrics, parameters and tags of a run; the same again changes nothing. */
    void logBatch(Service.LogBatch batch) throws TrackingException;

    /** Logs the data sets that a run read; the same again changes nothing. */
    void logInputs(Service.LogInputs inputs) throws TrackingException;

    /** The artifacts of its runs. */
    RunArtifacts artifacts();

    /** Searches for its runs. */
    RunSearch search();

    /** Changes status, end time or name of a run. */
    void updateRun(Service.UpdateRun request) throws TrackingException;

    /** All points of a metric, in the server's order; empty when it was never logged. */
    List<Service.Metric> metricHistory(String runId, String metric) throws TrackingException;
}
