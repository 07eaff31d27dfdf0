package io.jenkins.plugins.cascade.verify.math;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether two scalar expressions are equal: exactly where both are rational; where one is a decimal of six places or more, by rounding
 * the other to them; else by value, at many points where there are variables. Constants must agree to
 * 12 digits and expressions with variables to 9 digits at every point, positive and negative.
 */
final class ExpressionEquality {

    private static final int POINTS = 12;
    private static final int POINTS_NEEDED = 6;
    private static final double CONSTANT_TOLERANCE = 1e-12;
    private static final double VARIABLE_TOLERANCE = 1e-9;
    private static final int ROUNDED_DIGITS = 6;
    private static final long SEED = 20_260_101;

    private ExpressionEquality() {}

    static boolean equal(Expression gold, Expression given) {
        if (gold.equals(given)) {
            return true;
        }
        Optional<Rational> ours = ExactValue.of(gold);
        Optional<Rational> theirs = ExactValue.of(given);
        if (ours.isPresent() && theirs.isPresent() && ours.get().equals(theirs.get())) {
            return true;
        }
        if (rounds(given, gold, ours) || rounds(gold, given, theirs)) {
            return true;
        }
        return (ours.isEmpty() || theirs.isEmpty()) && nearEverywhere(gold, given);
    }

    /** Whether one is a multiple of the other by a constant that is not 0: two equations with the same solutions. */
    static boolean proportional(Expression gold, Expression given) {
        Set<String> names = names(gold, given);
        Random random = new Random(SEED);
        Complex ratio = null;
        int agreed = 0;
        for (int point = 0; point < POINTS; point++) {
            Map<String, Complex> values = values(names, random);
            Complex quotient = NumericValue.of(given, values).over(NumericValue.of(gold, values));
            if (!quotient.isFinite()) {
                continue;
            }
            if (quotient.abs() < VARIABLE_TOLERANCE || ratio != null && !quotient.near(ratio, VARIABLE_TOLERANCE)) {
                return false;
            }
            ratio = quotient;
            agreed++;
        }
        return agreed >= POINTS_NEEDED;
    }

    /** Whether a decimal number is another value, which is not itself a short decimal, rounded to all its digits. */
    private static boolean rounds(Expression decimal, Expression other, Optional<Rational> exact) {
        boolean negative = decimal instanceof Expression.Negation;
        Expression bare = decimal instanceof Expression.Negation negation ? negation.operand() : decimal;
        boolean precise = bare instanceof Expression.Literal literal
                && literal.decimals() >= ROUNDED_DIGITS
                && literal.significant() >= ROUNDED_DIGITS;
        if (!precise || isDecimal(other)) {
            return false;
        }
        Expression.Literal literal = (Expression.Literal) bare;
        double value = negative ? -literal.value().toDouble() : literal.value().toDouble();
        double half = 0.5 * Math.pow(10, -literal.decimals()) * (1 + 1e-9);
        Complex target =
                exact.map(Rational::toDouble).map(Complex::real).orElseGet(() -> NumericValue.of(other, Map.of()));
        return target.isFinite() && target.im() == 0 && Math.abs(target.re() - value) <= half;
    }

    /** Whether a number was written out in full, so that nothing else rounds it. */
    private static boolean isDecimal(Expression expression) {
        return expression instanceof Expression.Literal
                || expression instanceof Expression.Negation negation && isDecimal(negation.operand());
    }

    private static boolean nearEverywhere(Expression gold, Expression given) {
        Set<String> names = names(gold, given);
        if (names.isEmpty()) {
            return NumericValue.of(gold, Map.of()).near(NumericValue.of(given, Map.of()), CONSTANT_TOLERANCE);
        }
        Random random = new Random(SEED);
        int agreed = 0;
        for (int point = 0; point < POINTS; point++) {
            Map<String, Complex> values = values(names, random);
            Complex ours = NumericValue.of(gold, values);
            Complex theirs = NumericValue.of(given, values);
            if (ours.isFinite() != theirs.isFinite() || ours.isFinite() && !ours.near(theirs, VARIABLE_TOLERANCE)) {
                return false;
            }
            agreed += ours.isFinite() ? 1 : 0;
        }
        return agreed >= POINTS_NEEDED;
    }

    private static Set<String> names(Expression first, Expression second) {
        Set<String> names = new TreeSet<>(first.variables());
        names.addAll(second.variables());
        return names;
    }

    private static Map<String, Complex> values(Set<String> names, Random random) {
        Map<String, Complex> values = new HashMap<>();
        for (String name : names) {
            double size = 0.3 + 2.5 * random.nextDouble();
            values.put(name, Complex.real(random.nextBoolean() ? size : -size));
        }
        return values;
    }
}
