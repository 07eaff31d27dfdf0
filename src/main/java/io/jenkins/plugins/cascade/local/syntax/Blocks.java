package io.jenkins.plugins.cascade.local.syntax;

import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.VariableScope;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/** Numbers the pieces of Groovy that the runner will call. */
final class Blocks {
    private final List<ClosureExpression> closures = new ArrayList<>();

    Block add(ClosureExpression closure) {
        closures.add(closure);
        return new Block(closures.size() - 1, closure.getLineNumber());
    }

    /** An expression becomes a closure that returns it, so that it is evaluated when, and as often as, it is needed. */
    Block add(Expression expression) {
        Statement result = new ReturnStatement(expression);
        result.setSourcePosition(expression);
        ClosureExpression closure = new ClosureExpression(
                Parameter.EMPTY_ARRAY, new BlockStatement(new ArrayList<>(List.of(result)), new VariableScope()));
        closure.setVariableScope(new VariableScope());
        closure.setSourcePosition(expression);
        return add(closure);
    }

    List<ClosureExpression> closures() {
        return closures;
    }
}
