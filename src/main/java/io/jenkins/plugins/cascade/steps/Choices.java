package io.jenkins.plugins.cascade.steps;

import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cascade.stage.CheckpointPlace;
import io.jenkins.plugins.cascade.stage.Reaction;
import java.util.Arrays;
import java.util.List;

/** What the fields with a fixed set of words offer: the word, and what it means in the reader's language. */
final class Choices {
    /** The domains that the paper has settings for, in its order. */
    static final List<String> DOMAINS = List.of("instruction-following", "math", "code", "swe");

    private Choices() {}

    /** What a verdict that is not a pass may do; the first is the default. */
    static ListBoxModel reactions(Item item) {
        return listed(
                item,
                "reaction",
                Arrays.stream(Reaction.values()).map(Reaction::word).toList());
    }

    /** Where a checkpoint may be kept; the first is the default. */
    static ListBoxModel checkpoints(Item item) {
        return listed(
                item,
                "checkpoints",
                Arrays.stream(CheckpointPlace.values())
                        .map(CheckpointPlace::word)
                        .toList());
    }

    /** What a gate may ask; the first is the default. */
    static ListBoxModel gateKinds(Item item, List<String> kinds) {
        return listed(item, "gateKind", kinds);
    }

    /** The shapes of the learning rate; the first leaves it to the recipe. */
    static ListBoxModel schedules(Item item) {
        ListBoxModel model = new ListBoxModel();
        if (FormAccess.maySee(item)) {
            model.add(Wording.forReader("schedule.default"), "");
            ScheduleWord.all().forEach(word -> model.add(Wording.forReader("schedule." + word), word));
        }
        return model;
    }

    /** The words of an enumeration; the first leaves it to the recipe. */
    static <E extends Enum<E>> ListBoxModel words(Item item, String subject, Class<E> choices) {
        ListBoxModel model = listed(item, subject, Choice.words(choices));
        if (!model.isEmpty()) {
            model.add(0, new ListBoxModel.Option(Wording.forReader(subject + ".default"), ""));
        }
        return model;
    }

    /** The domains with settings of the paper; any other name may be typed. */
    static ComboBoxModel domains(Item item) {
        return FormAccess.maySee(item) ? new ComboBoxModel(DOMAINS.toArray(String[]::new)) : new ComboBoxModel();
    }

    private static ListBoxModel listed(Item item, String subject, List<String> words) {
        ListBoxModel model = new ListBoxModel();
        if (FormAccess.maySee(item)) {
            words.forEach(word -> model.add(Wording.forReader(subject + "." + word), word));
        }
        return model;
    }
}
