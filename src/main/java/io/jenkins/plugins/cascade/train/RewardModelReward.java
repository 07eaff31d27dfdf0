package io.jenkins.plugins.cascade.train;

import io.jenkins.plugins.cascade.model.ChatEncoder;
import io.jenkins.plugins.cascade.model.ChatMessage;
import io.jenkins.plugins.cascade.model.RewardModel;
import java.util.ArrayList;
import java.util.List;

/**
 * The reward of a reward model: its score of the prompt with the final answer, or with the whole text where the thoughts never end, which
 * works as a penalty (Nemotron-Cascade, arXiv 2512.13607, section 4.3).
 */
final class RewardModelReward implements RewardSource {
    private static final String END_OF_THOUGHTS = "</think>";
    private static final int BATCH = 32;

    private final RewardModel model;
    private final ChatEncoder encoder;

    RewardModelReward(RewardModel model, ChatEncoder encoder) {
        this.model = model;
        this.encoder = encoder;
    }

    @Override
    public List<Reward> judge(List<Rollout> rollouts) {
        List<Reward> rewards = new ArrayList<>();
        for (int from = 0; from < rollouts.size(); from += BATCH) {
            List<int[]> sequences = rollouts.subList(from, Math.min(from + BATCH, rollouts.size())).stream()
                    .map(this::conversation)
                    .toList();
            for (float score : model.scores(sequences)) {
                rewards.add(
                        Float.isFinite(score)
                                ? Reward.of(score)
                                : Reward.missing("the reward model's score is " + score));
            }
        }
        return rewards;
    }

    private int[] conversation(Rollout rollout) {
        List<ChatMessage> messages = new ArrayList<>(rollout.task().messages());
        messages.add(new ChatMessage("assistant", finalAnswer(rollout.text())));
        return encoder.encode(messages).tokens();
    }

    /** What follows the last {@code </think>}; the whole text without one. */
    static String finalAnswer(String response) {
        int end = response.lastIndexOf(END_OF_THOUGHTS);
        return end < 0
                ? response
                : response.substring(end + END_OF_THOUGHTS.length()).strip();
    }
}
