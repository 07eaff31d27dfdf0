package io.jenkins.plugins.cascade.train;

import java.util.List;

/** Judges rollouts. */
interface RewardSource {

    /** One reward a rollout, in the same order. A judge that fails gives a missing reward, never a 0. */
    List<Reward> judge(List<Rollout> rollouts);
}
