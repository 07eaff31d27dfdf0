package io.jenkins.plugins.cascade.report;

import java.util.ArrayList;
import java.util.List;

/** Says what of a trainer's file is not in the report, so that nothing is left out silently. */
final class Unread {
    private Unread() {}

    /** A note, or nothing where everything was read. */
    static List<Markup> note(String what, JsonLines.Left left) {
        List<Markup> notes = new ArrayList<>();
        if (left.unreadable() > 0) {
            String lines = left.unreadable() == 1 ? "1 line " : left.unreadable() + " lines ";
            notes.add(Markup.text("p", lines + what + " could not be read.").attr("class", "note"));
        }
        if (left.cut()) {
            notes.add(Markup.text("p", "Only the beginning " + what + " was read, the file is too large.")
                    .attr("class", "note"));
        }
        return notes;
    }

    /** A note that a file could not be read at all. */
    static Markup failed(String message) {
        return Markup.text("p", message).attr("class", "note");
    }
}
