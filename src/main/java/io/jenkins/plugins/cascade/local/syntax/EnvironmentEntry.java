package io.jenkins.plugins.cascade.local.syntax;

/** One line of an {@code environment} section. */
public sealed interface EnvironmentEntry {
    /** The variable. */
    String name();

    /** A value that Groovy computes. */
    record Value(String name, Block expression) implements EnvironmentEntry {}

    /** A secret, {@code credentials('id')}. */
    record Credentials(String name, String id, int line) implements EnvironmentEntry {}
}
