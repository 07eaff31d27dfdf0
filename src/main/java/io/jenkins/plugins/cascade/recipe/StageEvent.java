package io.jenkins.plugins.cascade.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * One line of {@code events.jsonl}.
 *
 * @param kind what happened
 * @param phase {@code sft}, {@code reward-model}, {@code policy}, {@code evaluation}
 * @param step steps done in this phase, from 1; in {@code evaluation} items done
 * @param totalSteps steps of the phase
 * @param timeMillis wall-clock time, milliseconds since 1970
 * @param metrics finite numbers only; names as MLflow shows them, for example {@code train/loss}, {@code reward/mean}
 * @param message a sentence for people, or empty
 */
public record StageEvent(
        Kind kind,
        String phase,
        int step,
        int totalSteps,
        long timeMillis,
        Map<String, Double> metrics,
        String message) {
    /** What an event reports. */
    public enum Kind {
        /** The effective settings, once, at the start, and again after a resume. */
        @JsonProperty("start")
        START,
        /** A training step or a part of an evaluation is done. */
        @JsonProperty("step")
        STEP,
        /** A resumable checkpoint is on disk. */
        @JsonProperty("checkpoint")
        CHECKPOINT,
        /** A benchmark is done; metrics hold its mean. */
        @JsonProperty("score")
        SCORE,
        /** Something a person should know. */
        @JsonProperty("warning")
        WARNING
    }

    public StageEvent {
        metrics = Map.copyOf(metrics);
    }
}
