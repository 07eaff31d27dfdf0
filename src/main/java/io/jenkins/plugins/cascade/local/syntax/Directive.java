package io.jenkins.plugins.cascade.local.syntax;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/**
 * A call without a receiver, {@code name arguments { body }}: the form of every directive and of every step.
 *
 * @param call the node it was read from
 * @param positional arguments without a name, the body left out
 * @param named arguments with a name, in the order of the text
 * @param body the trailing closure
 */
record Directive(
        MethodCallExpression call,
        List<Expression> positional,
        Map<String, Expression> named,
        Optional<ClosureExpression> body) {

    static Optional<Directive> of(Statement statement) {
        return statement instanceof ExpressionStatement expression ? of(expression.getExpression()) : Optional.empty();
    }

    static Optional<Directive> of(Expression expression) {
        if (!(expression instanceof MethodCallExpression call)
                || !call.isImplicitThis()
                || !(call.getMethod() instanceof ConstantExpression)) {
            return Optional.empty();
        }
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        List<Expression> arguments = argumentsOf(call);
        Optional<ClosureExpression> body = Optional.empty();
        for (int i = 0; i < arguments.size(); i++) {
            Expression argument = arguments.get(i);
            if (argument instanceof ClosureExpression closure && i == arguments.size() - 1) {
                body = Optional.of(closure);
            } else if (argument instanceof MapExpression map && i == 0 && hasNames(map)) {
                map.getMapEntryExpressions().forEach(entry -> named.put(nameOf(entry), entry.getValueExpression()));
            } else {
                positional.add(argument);
            }
        }
        return Optional.of(new Directive(call, positional, named, body));
    }

    String name() {
        return call.getMethodAsString();
    }

    int line() {
        return call.getLineNumber();
    }

    /** The statements of the body; none without a body. */
    List<Statement> statements() {
        return body.map(Directive::statementsOf).orElse(List.of());
    }

    static List<Statement> statementsOf(ClosureExpression closure) {
        return closure.getCode() instanceof BlockStatement block ? block.getStatements() : List.of(closure.getCode());
    }

    private static List<Expression> argumentsOf(MethodCallExpression call) {
        return call.getArguments() instanceof TupleExpression tuple
                ? tuple.getExpressions()
                : List.of(call.getArguments());
    }

    private static boolean hasNames(MapExpression map) {
        return !map.getMapEntryExpressions().isEmpty()
                && map.getMapEntryExpressions().stream()
                        .allMatch(entry -> entry.getKeyExpression() instanceof ConstantExpression);
    }

    private static String nameOf(MapEntryExpression entry) {
        return entry.getKeyExpression().getText();
    }
}
