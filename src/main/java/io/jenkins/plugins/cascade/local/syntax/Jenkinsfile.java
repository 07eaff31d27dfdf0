package io.jenkins.plugins.cascade.local.syntax;

import java.util.List;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.stmt.Statement;

/**
 * A Jenkinsfile that was read and found runnable.
 *
 * @param name how messages call the file
 * @param text the source
 * @param pipeline the model
 * @param definitions statements before {@code pipeline}: definitions of variables that its blocks use
 * @param blocks the closures that {@link Block#index()} points at
 */
public record Jenkinsfile(
        String name, String text, Pipeline pipeline, List<Statement> definitions, List<ClosureExpression> blocks) {
    public Jenkinsfile {
        definitions = List.copyOf(definitions);
        blocks = List.copyOf(blocks);
    }
}
