package io.jenkins.plugins.cascade.verify.math;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Equations that state a value: {@code x = 5}, {@code f(x) = 2x}, {@code (x, y) = (1, 2)}, {@code x = 2 + 3 = 5}. */
final class Assignment {

    private static final double TOLERANCE = 1e-9;

    private Assignment() {}

    /** The value stated, which is the last exact one of a chain; empty where the left side is no name and no equal number. */
    static Optional<Answer> value(Answer.Relation relation) {
        if (!relation.relations().stream()
                .allMatch(sign -> sign.equals("=") || sign.equals("~") || sign.equals("in"))) {
            return Optional.empty();
        }
        boolean member = relation.relations().contains("in");
        if (member && relation.relations().size() > 1) {
            return Optional.empty();
        }
        int approximate = relation.relations().indexOf("~");
        int last = approximate > 0 ? approximate : relation.operands().size() - 1;
        if (approximate == 0) {
            last = 1;
        }
        Answer value = relation.operands().get(last);
        boolean named = !name(relation).isEmpty();
        List<Answer> steps = relation.operands().subList(named ? 1 : 0, last);
        boolean consistent = (named || !member) && steps.stream().allMatch(step -> agree(step, value));
        return consistent ? Optional.of(value) : Optional.empty();
    }

    /** The name on the left side, empty if there is none. */
    static String name(Answer.Relation relation) {
        Answer left = relation.operands().get(0);
        if (left instanceof Answer.Scalar scalar && scalar.unit().isEmpty()) {
            return name(scalar.expression());
        } else if (left instanceof Answer.Text text && !text.words().isEmpty()) {
            return text.words();
        } else if (left instanceof Answer.Ordered ordered) {
            boolean variables = ordered.items().stream()
                    .allMatch(item ->
                            item instanceof Answer.Scalar scalar && scalar.expression() instanceof Expression.Variable);
            return variables ? ordered.items().toString() : "";
        }
        return "";
    }

    /** A variable, a product of single variables such as the segment AB, or a function of a variable. */
    private static String name(Expression expression) {
        if (expression instanceof Expression.Variable variable) {
            return variable.name();
        } else if (expression instanceof Expression.Product product) {
            boolean applied = product.factors().get(0) instanceof Expression.Variable
                    && product.factors().stream()
                            .allMatch(factor -> factor instanceof Expression.Variable
                                    || factor instanceof Expression.Literal
                                    || factor instanceof Expression.Constant);
            return applied ? product.factors().toString() : "";
        }
        return "";
    }

    private static boolean agree(Answer step, Answer value) {
        if (!(step instanceof Answer.Scalar first) || !(value instanceof Answer.Scalar second)) {
            return false;
        }
        if (!first.expression().variables().isEmpty()) {
            return ExpressionEquality.equal(first.expression(), second.expression());
        }
        return NumericValue.of(first.expression(), Map.of())
                        .near(NumericValue.of(second.expression(), Map.of()), TOLERANCE)
                || ExpressionEquality.equal(first.expression(), second.expression());
    }
}
