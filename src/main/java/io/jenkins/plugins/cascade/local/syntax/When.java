package io.jenkins.plugins.cascade.local.syntax;

import java.util.List;

/**
 * The {@code when} section of a stage.
 *
 * @param condition several conditions are one {@link AllOf}
 * @param beforeOptions evaluated before the stage's options wrap it
 */
public record When(Condition condition, boolean beforeOptions) {

    /** A condition. */
    public sealed interface Condition {}

    /** {@code branch}: BRANCH_NAME against a pattern. */
    public record Branch(String pattern, Comparator comparator) implements Condition {}

    /** {@code expression}: Groovy's truth of a block's value. */
    public record Expression(Block block) implements Condition {}

    /** {@code environment name: 'N', value: 'V'}. */
    public record Environment(String name, String value, boolean ignoreCase) implements Condition {}

    /** {@code triggeredBy}: the cause of the build; a local run has a user as its cause. An empty detail fits every user. */
    public record TriggeredBy(String cause, String detail) implements Condition {}

    /** {@code changeRequest}: the build is of a pull request; a target that is not empty is the branch that it goes to. */
    public record ChangeRequest(String target) implements Condition {}

    /** {@code allOf}. */
    public record AllOf(List<Condition> conditions) implements Condition {
        public AllOf {
            conditions = List.copyOf(conditions);
        }
    }

    /** {@code anyOf}. */
    public record AnyOf(List<Condition> conditions) implements Condition {
        public AnyOf {
            conditions = List.copyOf(conditions);
        }
    }

    /** {@code not}. */
    public record Not(Condition condition) implements Condition {}

    /** How {@code branch} compares, as Jenkins names it. */
    public enum Comparator {
        GLOB,
        EQUALS,
        REGEXP
    }
}
