package io.jenkins.plugins.cascade.steps;

/** The value of an argument that may have been left out. */
final class Default {
    private Default() {}

    static <T> T of(T given, T otherwise) {
        return given == null ? otherwise : given;
    }
}
