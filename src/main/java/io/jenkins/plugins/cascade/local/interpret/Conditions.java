package io.jenkins.plugins.cascade.local.interpret;

import io.jenkins.plugins.cascade.local.build.StepContext;
import io.jenkins.plugins.cascade.local.cps.GroovyProgram;
import io.jenkins.plugins.cascade.local.syntax.When;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Set;
import org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation;

/** Evaluates {@code when}. */
final class Conditions {
    /** The names of the cause that a local run has. */
    private static final Set<String> USER_CAUSE = Set.of("UserIdCause", "hudson.model.Cause$UserIdCause");

    private final GroovyProgram program;

    Conditions(GroovyProgram program) {
        this.program = program;
    }

    boolean hold(When.Condition condition, StepContext context) throws Exception {
        if (condition instanceof When.Expression expression) {
            return DefaultTypeTransformation.castToBoolean(program.run(expression.block(), context));
        }
        if (condition instanceof When.AllOf all) {
            return allOf(all, context);
        }
        if (condition instanceof When.AnyOf any) {
            return anyOf(any, context);
        }
        if (condition instanceof When.Not not) {
            return !hold(not.condition(), context);
        }
        if (condition instanceof When.Branch branch) {
            return matches(branch, context.variable("BRANCH_NAME"));
        }
        if (condition instanceof When.Environment environment) {
            String value = context.variable(environment.name());
            return environment.ignoreCase()
                    ? environment.value().equalsIgnoreCase(value)
                    : environment.value().equals(value);
        }
        if (condition instanceof When.ChangeRequest change) {
            return context.variable("CHANGE_ID") != null
                    && (change.target().isEmpty() || change.target().equals(context.variable("CHANGE_TARGET")));
        }
        When.TriggeredBy trigger = (When.TriggeredBy) condition;
        return USER_CAUSE.contains(trigger.cause())
                && (trigger.detail().isEmpty() || trigger.detail().equals(System.getProperty("user.name")));
    }

    private boolean allOf(When.AllOf all, StepContext context) throws Exception {
        for (When.Condition condition : all.conditions()) {
            if (!hold(condition, context)) {
                return false;
            }
        }
        return true;
    }

    private boolean anyOf(When.AnyOf any, StepContext context) throws Exception {
        for (When.Condition condition : any.conditions()) {
            if (hold(condition, context)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(When.Branch branch, String name) {
        if (name == null) {
            return false;
        }
        return switch (branch.comparator()) {
            case EQUALS -> name.equals(branch.pattern());
            case REGEXP -> name.matches(branch.pattern());
            case GLOB ->
                FileSystems.getDefault()
                        .getPathMatcher("glob:" + branch.pattern())
                        .matches(Path.of(name));
        };
    }
}
