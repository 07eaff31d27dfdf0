package io.jenkins.plugins.cascade.train;

import java.util.List;

/** Judges rollouts. */
interface RewardSource {
    /**
     * A rollout that {@link #judge} will be asked about later, so that a slow judge can begin while others are still being drawn. What it
     * comes to may not depend on the order in which rollouts are announced.
     */
    default void announce(Rollout rollout) {}

    /** One reward a rollout, in the same order. A judge that fails gives a missing reward, never a 0. */
    List<Reward> judge(List<Rollout> rollouts);
}
