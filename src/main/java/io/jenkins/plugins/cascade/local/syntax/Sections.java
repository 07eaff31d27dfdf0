package io.jenkins.plugins.cascade.local.syntax;

import io.jenkins.plugins.cascade.local.binding.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/**
 * The sections that the pipeline and its stages share.
 *
 * @param problems where refusals go
 * @param blocks where closures are numbered
 * @param steps checks calls of steps
 */
record Sections(Problems problems, Blocks blocks, StepsChecker steps) {
    /** Sections of declarative Pipeline that a local run lacks, for a plainer sentence than "unknown". */
    private static final Set<String> JENKINS_ONLY = Set.of("tools", "libraries", "input", "matrix", "axes", "excludes");

    /** The directives in a block; a name that may stand only once is reported when it comes again. */
    List<Directive> directives(Directive section) {
        if (section.body().isEmpty()) {
            problems.add(section.line(), "Expected a block for " + section.name());
            return List.of();
        }
        List<Directive> found = new ArrayList<>();
        for (Statement statement : section.statements()) {
            Optional<Directive> directive = Directive.of(statement);
            if (directive.isPresent()) {
                found.add(directive.get());
            } else {
                problems.add(
                        statement,
                        "Not a valid definition in \"" + section.name() + "\": expected " + expected(statement));
            }
        }
        return found;
    }

    /** Groovy reads two directives on one line as a call on the result of the first. */
    private static String expected(Statement statement) {
        return statement instanceof ExpressionStatement expression
                        && expression.getExpression() instanceof MethodCallExpression call
                        && call.getObjectExpression() instanceof MethodCallExpression
                ? "one directive a line, or a semicolon between two"
                : "a name and a block or a value";
    }

    /** Reports every directive whose name came before. */
    void requireOnce(List<Directive> directives) {
        Set<String> seen = new HashSet<>();
        directives.stream()
                .filter(directive -> !seen.add(directive.name()))
                .forEach(directive ->
                        problems.add(directive.line(), "Multiple occurrences of the " + directive.name() + " section"));
    }

    /** Says that a name is not known at this place. */
    void unknown(Directive directive, String kind, Collection<String> known) {
        if (JENKINS_ONLY.contains(directive.name())) {
            problems.add(
                    directive.line(),
                    "\"" + directive.name()
                            + "\" is a part of declarative Pipeline that the local runner does not have");
            return;
        }
        String meant = Spelling.nearest(directive.name(), known)
                .map(near -> " - did you mean \"" + near + "\"?")
                .orElse("");
        problems.add(
                directive.line(),
                "Unknown " + kind + " \"" + directive.name() + "\"" + meant + " The local runner knows "
                        + known.stream().sorted().toList());
    }

    Agent agent(Directive section) {
        List<Expression> positional = section.positional();
        if (positional.size() == 1 && positional.get(0) instanceof VariableExpression variable) {
            if (variable.getName().equals("any")) {
                return new Agent(Agent.Kind.ANY, "");
            }
            if (variable.getName().equals("none")) {
                return new Agent(Agent.Kind.NONE, "");
            }
        }
        if (section.body().isPresent()) {
            List<Directive> kinds = directives(section);
            if (kinds.size() == 1) {
                return agentBlock(kinds.get(0));
            }
        }
        problems.add(
                section.line(),
                "Only \"agent none\", \"agent any\" or \"agent { label '...' }\" are allowed in a local run");
        return new Agent(Agent.Kind.ANY, "");
    }

    private Agent agentBlock(Directive kind) {
        if (kind.name().equals("node") && kind.body().isPresent()) {
            Optional<Directive> label = directives(kind).stream()
                    .filter(directive -> directive.name().equals("label"))
                    .findFirst();
            if (label.isPresent()) {
                return agentBlock(label.get());
            }
        }
        if (kind.name().equals("label") && kind.positional().size() == 1) {
            return new Agent(Agent.Kind.LABEL, kind.positional().get(0).getText());
        }
        problems.add(
                kind.line(),
                "Invalid agent type \"" + kind.name()
                        + "\" specified. The local runner has [any, label, none]: everything runs on this machine");
        return new Agent(Agent.Kind.ANY, "");
    }

    Post post(Directive section) {
        Map<Post.Condition, Block> found = new EnumMap<>(Post.Condition.class);
        List<Directive> conditions = directives(section);
        if (conditions.isEmpty() && section.body().isPresent()) {
            problems.add(section.line(), "post can not be empty");
        }
        for (Directive directive : conditions) {
            Optional<Post.Condition> condition = Post.Condition.of(directive.name());
            if (condition.isEmpty()) {
                problems.add(
                        directive.line(),
                        "Invalid condition \"" + directive.name() + "\" - valid conditions are "
                                + Post.Condition.symbols());
            } else if (found.containsKey(condition.get())) {
                problems.add(directive.line(), "Duplicate build condition name: \"" + directive.name() + "\"");
            } else {
                found.put(condition.get(), steps(directive));
            }
        }
        return new Post(found);
    }

    /** A block of steps, checked. */
    Block steps(Directive section) {
        Optional<ClosureExpression> body = section.body();
        if (body.isEmpty()) {
            problems.add(section.line(), "Expected a block for " + section.name());
            return new Block(-1, section.line());
        }
        if (section.statements().isEmpty()) {
            problems.add(section.line(), "No steps specified for " + section.name());
        }
        steps.check(body.get());
        return blocks.add(body.get());
    }
}
