package io.jenkins.plugins.cascade.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Prompts with a verifier are judged by it, all others by the reward model: the stage's own have none in RLHF, replayed ones of other
 * domains may.
 *
 * @param verifier judges prompts with a verifier
 * @param rewardModel judges the others
 */
record EitherReward(RewardSource verifier, RewardSource rewardModel) implements RewardSource {

    @Override
    public void announce(Rollout rollout) {
        (rollout.task().verifier() == null ? rewardModel : verifier).announce(rollout);
    }

    @Override
    public List<Reward> judge(List<Rollout> rollouts) {
        Reward[] rewards = new Reward[rollouts.size()];
        judge(rollouts, verifier, rollout -> rollout.task().verifier() != null, rewards);
        judge(rollouts, rewardModel, rollout -> rollout.task().verifier() == null, rewards);
        return Arrays.asList(rewards);
    }

    private static void judge(List<Rollout> rollouts, RewardSource judge, Predicate<Rollout> chosen, Reward[] rewards) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < rewards.length; i++) {
            if (chosen.test(rollouts.get(i))) {
                places.add(i);
            }
        }
        List<Reward> given = judge.judge(places.stream().map(rollouts::get).toList());
        for (int i = 0; i < places.size(); i++) {
            rewards[places.get(i)] = given.get(i);
        }
    }
}
