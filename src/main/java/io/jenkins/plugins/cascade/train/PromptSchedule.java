package io.jenkins.plugins.cascade.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cascade.recipe.GrpoSettings;
import io.jenkins.plugins.cascade.recipe.ModeMix;
import io.jenkins.plugins.cascade.recipe.PromptFilter;
import io.jenkins.plugins.cascade.train.DrawnPrompt.Slot;
import java.util.ArrayList;
import java.util.List;

/**
 * Which prompts a step trains on: the stage's own, then the replayed ones, each in its own shuffled order without end; under the filter by
 * epoch without those that their last visit showed to teach nothing.
 */
final class PromptSchedule {
    private static final String OWN = "cursor";
    private static final String REPLAYED = "replayCursor";
    private static final String OUTCOMES = "outcomes";

    private final List<PromptTask> prompts;
    private final List<PromptTask> replay;
    private final List<Slot> slots;
    private final EpochOrder order;
    private final EpochOrder replayOrder;
    private final PromptOutcomes outcomes;
    private long cursor;
    private long replayCursor;

    PromptSchedule(List<PromptTask> prompts, List<PromptTask> replay, GrpoSettings settings, long seed) {
        this.prompts = prompts;
        this.replay = replay;
        this.slots = slots(settings);
        this.order = new EpochOrder(seed, "prompts", prompts.size());
        this.replayOrder = new EpochOrder(seed, "replay", Math.max(1, replay.size()));
        this.outcomes = settings.filter().kind() == PromptFilter.EPOCH
                ? new PromptOutcomes(settings.filter(), prompts.size(), seed)
                : null;
    }

    private static List<Slot> slots(GrpoSettings settings) {
        int replayed = (int) Math.round(settings.promptsPerStep() * settings.replayFraction());
        int own = settings.promptsPerStep() - replayed;
        boolean both = settings.modes() == ModeMix.HALF;
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < settings.promptsPerStep(); i++) {
            slots.add(new Slot(i >= own, both && i % 2 != 0));
        }
        return List.copyOf(slots);
    }

    /** The places of a step. */
    List<Slot> slots() {
        return slots;
    }

    /** The next prompts for some places; the cursors move on. */
    List<DrawnPrompt> draw(List<Slot> places) {
        List<DrawnPrompt> drawn = new ArrayList<>();
        for (Slot slot : places) {
            int item = slot.replayed() ? replayOrder.at(replayCursor++) : nextOwn();
            PromptTask task = (slot.replayed() ? replay : prompts).get(item);
            drawn.add(new DrawnPrompt(slot.withoutThinking() ? task.withoutThinking() : task, slot, item));
        }
        return drawn;
    }

    private int nextOwn() {
        while (outcomes != null) {
            outcomes.beginEpoch(cursor / prompts.size());
            int item = order.at(cursor++);
            if (outcomes.admits(item)) {
                return item;
            }
        }
        return order.at(cursor++);
    }

    /** Takes note of the rewards of a prompt's rollouts, NaN where there is none. */
    void visited(DrawnPrompt prompt, double[] rewards) {
        if (outcomes != null && !prompt.slot().replayed()) {
            outcomes.visited(prompt.item(), rewards);
        }
    }

    /** Share of the stage's own prompts that this epoch asks; 1 without a filter by epoch. */
    double admittedShare() {
        return outcomes == null ? 1 : outcomes.admittedShare();
    }

    ObjectNode state() {
        ObjectNode state =
                JsonNodeFactory.instance.objectNode().put(OWN, cursor).put(REPLAYED, replayCursor);
        return outcomes == null ? state : state.set(OUTCOMES, outcomes.state());
    }

    void restore(JsonNode state) {
        cursor = state.get(OWN).longValue();
        replayCursor = state.get(REPLAYED).longValue();
        if (outcomes != null) {
            outcomes.restore(state.get(OUTCOMES));
        }
    }
}
