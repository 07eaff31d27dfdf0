package io.jenkins.plugins.cascade.steps;

import io.jenkins.plugins.cascade.recipe.Schedule;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** An argument that names the shape of the learning rate; left out, the recipe says it. */
final class ScheduleWord {
    private ScheduleWord() {}

    /** The words. */
    static List<String> all() {
        return Arrays.stream(Schedule.values())
                .map(schedule -> schedule.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The word as it can be kept; nothing is null. */
    static String checked(String word) {
        String given = Given.text(word);
        if (given != null && !all().contains(given)) {
            throw new RefusedArgumentException("schedule", given);
        }
        return given;
    }

    /** The shape of an argument that went through {@link #checked}. */
    static Schedule of(String word, Schedule byDefault) {
        return word == null ? byDefault : Schedule.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
