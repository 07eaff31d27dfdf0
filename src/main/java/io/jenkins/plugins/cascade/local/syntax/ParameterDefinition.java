package io.jenkins.plugins.cascade.local.syntax;

import java.util.List;

/** One build parameter. */
public sealed interface ParameterDefinition {
    /** Its name, also the name of the environment variable. */
    String name();

    /** What it is for, as the Jenkinsfile says; may be empty. */
    String description();

    /** {@code string}. */
    record Text(String name, String defaultValue, String description) implements ParameterDefinition {}

    /** {@code booleanParam}. */
    record Flag(String name, boolean defaultValue, String description) implements ParameterDefinition {}

    /** {@code choice}: the first choice is the default. */
    record Choice(String name, List<String> choices, String description) implements ParameterDefinition {
        public Choice {
            choices = List.copyOf(choices);
        }
    }
}
