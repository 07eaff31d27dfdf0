package io.jenkins.plugins.cascade.verify.math;

/** Whether a single value is the reference value: its number, its unit, and whether it is worked out as far as the reference is. */
final class ScalarEquality {

    private static final Expression HUNDRED = new Expression.Literal(Rational.of(100), -1, 3);

    private ScalarEquality() {}

    static boolean equal(Answer.Scalar gold, Answer.Scalar given) {
        if (!workedOut(gold.expression(), given.expression())) {
            return false;
        }
        boolean ours = gold.unit().equals(Units.PERCENT);
        boolean theirs = given.unit().equals(Units.PERCENT);
        if (ours != theirs) {
            return percentEqual(gold, given, ours);
        }
        return Units.compatible(gold.unit(), given.unit())
                && ExpressionEquality.equal(gold.expression(), given.expression());
    }

    /**
     * One of the two has a percent sign. {@code 50%} is 0.5, and where the reference is a percentage the sign may be left out; but
     * {@code 42%} is not 42, so a reference without the sign takes none.
     */
    private static boolean percentEqual(Answer.Scalar gold, Answer.Scalar given, boolean goldHasSign) {
        Answer.Scalar other = goldHasSign ? given : gold;
        if (!other.unit().isEmpty()) {
            return false;
        }
        Expression percent = goldHasSign ? gold.expression() : given.expression();
        if (ExpressionEquality.equal(new Expression.Quotient(percent, HUNDRED), other.expression())) {
            return true;
        }
        return goldHasSign && ExpressionEquality.equal(gold.expression(), given.expression());
    }

    /** A plain number wants a number, not the sum or the product that was asked; a factored form wants no plain sum. */
    private static boolean workedOut(Expression gold, Expression given) {
        if (isNumber(gold)) {
            return isSingle(given);
        }
        boolean factored = !gold.variables().isEmpty() && isFactored(gold);
        return !(factored && given instanceof Expression.Sum);
    }

    private static boolean isNumber(Expression expression) {
        return expression instanceof Expression.Literal
                || expression instanceof Expression.Mixed
                || expression instanceof Expression.Negation negation && isNumber(negation.operand())
                || expression instanceof Expression.Quotient quotient
                        && isNumber(quotient.numerator())
                        && isNumber(quotient.denominator());
    }

    /** Neither a sum nor, other than in scientific notation, a product anywhere in it. */
    private static boolean isSingle(Expression expression) {
        if (expression instanceof Expression.Mixed || isUnitComplex(expression)) {
            return true;
        }
        if (expression instanceof Expression.Sum) {
            return false;
        }
        if (expression instanceof Expression.Product product) {
            return product.factors().size() == 2
                    && isNumber(product.factors().get(0))
                    && product.factors().get(1) instanceof Expression.Power power
                    && power.base() instanceof Expression.Literal base
                    && base.value().equals(Rational.of(10));
        }
        return expression.parts().stream().allMatch(ScalarEquality::isSingle);
    }

    /** A power of e with a product of constants for its exponent, such as e^(i pi). */
    private static boolean isUnitComplex(Expression expression) {
        return expression instanceof Expression.Power power
                && power.base() instanceof Expression.Constant
                && power.exponent() instanceof Expression.Product product
                && product.factors().stream().allMatch(factor -> factor instanceof Expression.Constant);
    }

    private static boolean isFactored(Expression expression) {
        if (expression instanceof Expression.Power power) {
            return power.base() instanceof Expression.Sum;
        }
        return expression instanceof Expression.Product product
                && product.factors().stream()
                                .filter(factor -> !factor.variables().isEmpty())
                                .count()
                        >= 2
                && product.factors().stream()
                        .anyMatch(factor -> factor instanceof Expression.Sum || isFactored(factor));
    }
}
