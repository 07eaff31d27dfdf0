package io.jenkins.plugins.cascade.train;

import io.jenkins.plugins.cascade.recipe.LanguageRule;
import io.jenkins.plugins.cascade.recipe.LanguageSettings;
import java.util.ArrayList;
import java.util.List;

/** Replaces the rewards of rollouts that switch the language; one without a reward stays so (see {@link LanguageRule}). */
final class LanguagePenalty {
    private final LanguageSettings settings;

    LanguagePenalty(LanguageSettings settings) {
        this.settings = settings;
    }

    /** The rewards of rollouts that were judged together, in their order. */
    List<Reward> apply(List<Rollout> rollouts, List<Reward> rewards) {
        if (settings.rule() == LanguageRule.OFF) {
            return rewards;
        }
        double least = rewards.stream()
                .mapToDouble(Reward::value)
                .filter(Double::isFinite)
                .min()
                .orElse(0);
        double value = settings.rule() == LanguageRule.FIXED ? settings.value() : least + settings.value();
        List<Reward> applied = new ArrayList<>();
        for (int i = 0; i < rewards.size(); i++) {
            Rollout rollout = rollouts.get(i);
            boolean penalised =
                    rewards.get(i).problem() == null && LanguageSwitch.between(asked(rollout.task()), rollout.text());
            applied.add(penalised ? Reward.penalty(value) : rewards.get(i));
        }
        return applied;
    }

    private static String asked(PromptTask task) {
        StringBuilder text = new StringBuilder(task.text());
        task.messages().forEach(message -> text.append('\n').append(message.content()));
        return text.toString();
    }
}
