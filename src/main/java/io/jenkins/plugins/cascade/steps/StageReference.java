package io.jenkins.plugins.cascade.steps;

/** An argument that names an earlier stage of the build: what its step returned, or the stage's name. */
final class StageReference {
    private StageReference() {}

    /**
     * The argument as it can be kept: what a step returned, or a name; nothing is null.
     *
     * @throws IllegalArgumentException when it is neither
     */
    static Object checked(String argument, Object value) {
        if (value == null || value instanceof StageResult) {
            return value;
        }
        if (value instanceof CharSequence text) {
            return Given.text(text.toString());
        }
        throw new RefusedArgumentException("noStage", argument, value);
    }

    /** The stage's name of an argument that went through {@link #checked}; null where it was not given. */
    static String name(Object value) {
        return value instanceof StageResult result ? result.getName() : (String) value;
    }
}
