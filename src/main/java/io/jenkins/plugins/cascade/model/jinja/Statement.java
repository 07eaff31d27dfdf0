package io.jenkins.plugins.cascade.model.jinja;

import java.util.List;

/** Something that writes text. */
@FunctionalInterface
interface Statement {
    void render(Scope scope, StringBuilder out);

    /** One after the other. */
    static Statement all(List<Statement> statements) {
        List<Statement> copy = List.copyOf(statements);
        return (scope, out) -> copy.forEach(statement -> {
            scope.step();
            statement.render(scope, out);
        });
    }

    /** Leaves a loop, or its turn. */
    final class Jump extends RuntimeException {
        private static final long serialVersionUID = 1L;

        static final Jump BREAK = new Jump();
        static final Jump CONTINUE = new Jump();

        private Jump() {
            super(null, null, false, false);
        }
    }
}
