package io.jenkins.plugins.cascade.local.binding;

import java.lang.reflect.Type;

/**
 * One argument that a step declares.
 *
 * @param name name in the Jenkinsfile
 * @param type what it accepts
 * @param required true if the step cannot be made without it
 */
public record Argument(String name, Type type, boolean required) {
    /** An argument that must be given. */
    public static Argument required(String name, Type type) {
        return new Argument(name, type, true);
    }

    /** An argument that may be left out. */
    public static Argument optional(String name, Type type) {
        return new Argument(name, type, false);
    }
}
