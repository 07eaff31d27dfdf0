package io.jenkins.plugins.cascade.train;

import java.util.Map;
import java.util.Optional;

/** Who watches a training: takes its events and may ask it to stop. */
public interface TrainingMonitor {

    /** Why the training should end after the step at hand, as a clause for a sentence ("the stop file is there"); empty to go on. */
    Optional<String> stopReason();

    /** A step is done; all metrics are finite. */
    void stepDone(String phase, int step, int steps, Map<String, Double> metrics);

    /** A resumable checkpoint is on disk. */
    void checkpointWritten(String phase, int step, int steps, String name);

    /** Length of the event file, in bytes, with everything reported so far safely on disk. */
    long eventBytes();
}
