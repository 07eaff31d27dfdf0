package io.jenkins.plugins.cascade.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * One line of {@code events.jsonl}. The metrics of a step, whose names stay as they are:
 *
 * <ul>
 *   <li>every phase: {@code train/loss} (nats a token; of the policy the weighted log-probability whose gradient is the update's),
 *       {@code train/grad_norm} (before clipping), {@code train/learning_rate}, {@code speed/tokens_per_second}, {@code time/update} (seconds),
 *       {@code memory/rss_mb} (MiB of the process)
 *   <li>sft: {@code train/entropy} (nats a token), {@code train/epoch}, with several phases {@code train/phase}
 *   <li>reward-model: {@code train/accuracy} (share of the step's pairs), at the last step {@code reward_model/heldout_accuracy}
 *   <li>policy, rewards: {@code reward/mean}, {@code reward/std} (over the step), {@code reward/missing} (rewards that a judge failed to give),
 *       {@code reward/zero_spread_groups} and {@code reward/zero_spread_share} (groups whose rewards do not differ),
 *       {@code reward/language_switches} (share)
 *   <li>policy, rollouts: {@code rollout/length} and {@code rollout/length_max} (tokens), {@code rollout/truncated} (share cut off at the longest
 *       answer: the paper's clip ratio), {@code rollout/masked} (share left out of the update, for want of a reward or as overlong),
 *       {@code rollout/temperature}, {@code rollout/top_p}, {@code rollout/max_tokens}
 *   <li>policy, filter: {@code filter/dropped_groups}, {@code filter/refills}, {@code filter/admitted_share}
 *   <li>policy, update: {@code policy/entropy} (nats a token), with a coefficient {@code policy/kl} (nats a token), {@code time/rollout},
 *       {@code time/reward} (seconds of waiting for rewards after the last rollout)
 * </ul>
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
        /** How busy the machine is; the step counts these events of an attempt, from 1. */
        @JsonProperty("system")
        SYSTEM,
        /** Something a person should know. */
        @JsonProperty("warning")
        WARNING
    }

    public StageEvent {
        metrics = Map.copyOf(metrics);
    }
}
