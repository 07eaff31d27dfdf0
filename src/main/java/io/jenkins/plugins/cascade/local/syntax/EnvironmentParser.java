package io.jenkins.plugins.cascade.local.syntax;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.syntax.Types;

/** Reads {@code environment}; values may refer to each other in any order, as in Jenkins. */
final class EnvironmentParser {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Sections sections;

    EnvironmentParser(Sections sections) {
        this.sections = sections;
    }

    List<EnvironmentEntry> parse(Directive section) {
        Map<String, Expression> values = new LinkedHashMap<>();
        if (section.body().isEmpty()) {
            sections.problems().add(section.line(), "Expected a block for environment");
        } else if (section.statements().isEmpty()) {
            sections.problems().add(section.line(), "No variables specified for environment");
        }
        section.statements().forEach(statement -> read(statement, values));
        List<EnvironmentEntry> ordered = new ArrayList<>();
        Set<String> placed = new LinkedHashSet<>();
        values.keySet().forEach(name -> place(name, values, placed, new LinkedHashSet<>(), ordered));
        return ordered;
    }

    private void read(Statement statement, Map<String, Expression> values) {
        if (!(statement instanceof ExpressionStatement expression)
                || !(expression.getExpression() instanceof BinaryExpression assignment)
                || assignment instanceof DeclarationExpression
                || assignment.getOperation().getType() != Types.ASSIGN
                || !(assignment.getLeftExpression() instanceof VariableExpression variable)
                || !IDENTIFIER.matcher(variable.getName()).matches()) {
            sections.problems().add(statement, "Not a valid environment expression. Use \"NAME = value\" pairs");
            return;
        }
        if (!isAllowed(assignment.getRightExpression())) {
            sections.problems()
                    .add(
                            assignment,
                            "Environment variable values must either be single quoted, double quoted, or function calls");
        } else if (values.put(variable.getName(), assignment.getRightExpression()) != null) {
            sections.problems().add(assignment, "Duplicate environment variable name: \"" + variable.getName() + "\"");
        }
    }

    private static boolean isAllowed(Expression value) {
        if (value instanceof ConstantExpression constant) {
            return constant.getValue() instanceof String;
        }
        if (value instanceof BinaryExpression sum) {
            return sum.getOperation().getType() == Types.PLUS
                    && isAllowed(sum.getLeftExpression())
                    && isAllowed(sum.getRightExpression());
        }
        return value instanceof GStringExpression || value instanceof MethodCallExpression;
    }

    /** Puts a variable behind those that its value names; a variable that names itself means the outer one. */
    private void place(
            String name,
            Map<String, Expression> values,
            Set<String> placed,
            Set<String> waiting,
            List<EnvironmentEntry> ordered) {
        if (placed.contains(name)) {
            return;
        }
        if (!waiting.add(name)) {
            sections.problems()
                    .add(values.get(name), "The environment variables " + waiting + " refer to each other in a circle");
            placed.addAll(waiting);
            return;
        }
        for (String other : namesIn(values.get(name))) {
            if (!other.equals(name) && values.containsKey(other)) {
                place(other, values, placed, waiting, ordered);
            }
        }
        waiting.remove(name);
        if (placed.add(name)) {
            ordered.add(entry(name, values.get(name)));
        }
    }

    private EnvironmentEntry entry(String name, Expression value) {
        Optional<Directive> credentials =
                Directive.of(value).filter(call -> call.name().equals("credentials"));
        if (credentials.isEmpty()) {
            sections.steps().checkCode(value);
            return new EnvironmentEntry.Value(name, sections.blocks().add(value));
        }
        List<Expression> arguments = credentials.get().positional();
        Optional<String> id = arguments.size() == 1 ? Literals.text(arguments.get(0)) : Optional.empty();
        if (id.isEmpty()) {
            sections.problems().add(value, "credentials: expected one string, the id of the credentials");
        }
        return new EnvironmentEntry.Credentials(name, id.orElse(""), value.getLineNumber());
    }

    private static Set<String> namesIn(Expression value) {
        Set<String> names = new LinkedHashSet<>();
        value.visit(new CodeVisitorSupport() {
            @Override
            public void visitVariableExpression(VariableExpression variable) {
                names.add(variable.getName());
            }

            @Override
            public void visitPropertyExpression(PropertyExpression property) {
                if (property.getObjectExpression().getText().equals("env")) {
                    names.add(property.getPropertyAsString());
                } else {
                    super.visitPropertyExpression(property);
                }
            }
        });
        return names;
    }
}
