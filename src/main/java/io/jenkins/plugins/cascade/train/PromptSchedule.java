package io.jenkins.plugins.cascade.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.cascade.recipe.GrpoSettings;
import java.util.ArrayList;
import java.util.List;

/** Which prompts a step trains on: the stage's own, then the replayed ones, each in its own shuffled order without end. */
final class PromptSchedule {
    private static final String OWN = "cursor";
    private static final String REPLAYED = "replayCursor";

    private final List<PromptTask> prompts;
    private final List<PromptTask> replay;
    private final int replayed;
    private final int own;
    private final EpochOrder order;
    private final EpochOrder replayOrder;
    private long cursor;
    private long replayCursor;

    PromptSchedule(List<PromptTask> prompts, List<PromptTask> replay, GrpoSettings settings, long seed) {
        this.prompts = prompts;
        this.replay = replay;
        this.replayed = (int) Math.round(settings.promptsPerStep() * settings.replayFraction());
        this.own = settings.promptsPerStep() - replayed;
        this.order = new EpochOrder(seed, "prompts", prompts.size());
        this.replayOrder = new EpochOrder(seed, "replay", Math.max(1, replay.size()));
    }

    /** The prompts of the next step; the cursors move on. */
    List<PromptTask> next() {
        List<PromptTask> step = new ArrayList<>();
        for (int i = 0; i < own; i++) {
            step.add(prompts.get(order.at(cursor++)));
        }
        for (int i = 0; i < replayed; i++) {
            step.add(replay.get(replayOrder.at(replayCursor++)));
        }
        return step;
    }

    JsonNode state() {
        return JsonNodeFactory.instance.objectNode().put(OWN, cursor).put(REPLAYED, replayCursor);
    }

    void restore(JsonNode state) {
        cursor = state.get(OWN).longValue();
        replayCursor = state.get(REPLAYED).longValue();
    }
}
