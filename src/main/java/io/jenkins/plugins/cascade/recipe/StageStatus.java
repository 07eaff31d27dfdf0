package io.jenkins.plugins.cascade.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Where the trainer stands: {@code status.json}.
 *
 * @param state the state
 * @param phase as in {@link StageEvent}
 * @param step steps done in the phase
 * @param totalSteps steps of the phase
 * @param pid process id of the trainer
 * @param timeMillis when this was written, milliseconds since 1970
 * @param message why, where the state is FAILED or STOPPED; otherwise empty
 */
public record StageStatus(
        State state, String phase, int step, int totalSteps, long pid, long timeMillis, String message) {
    /** States a trainer goes through. */
    public enum State {
        @JsonProperty("starting")
        STARTING,
        @JsonProperty("training")
        TRAINING,
        @JsonProperty("evaluating")
        EVALUATING,
        @JsonProperty("done")
        DONE,
        @JsonProperty("stopped")
        STOPPED,
        @JsonProperty("failed")
        FAILED
    }
}
