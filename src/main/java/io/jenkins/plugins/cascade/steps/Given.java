package io.jenkins.plugins.cascade.steps;

/** What a form hands in: a field that was left blank counts as not given. */
final class Given {
    private Given() {}

    /** The text without surrounding blanks; null when nothing is left. */
    static String text(String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }
}
