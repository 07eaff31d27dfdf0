package io.jenkins.plugins.cascade.local.syntax;

/**
 * The {@code agent} section.
 *
 * @param kind any, none or a label
 * @param label the label's expression as text, empty unless {@code kind} is LABEL
 */
public record Agent(Kind kind, String label) {
    /** The agents that a local run understands. */
    public enum Kind {
        ANY,
        NONE,
        LABEL
    }

    /** True if steps that need a workspace can run. */
    public boolean hasWorkspace() {
        return kind != Kind.NONE;
    }
}
