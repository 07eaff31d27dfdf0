package io.jenkins.plugins.cascade.verify.math;

import ch.obermuhlner.math.big.BigComplex;
import java.util.Map;
import java.util.Optional;

/**
 * Whether two scalar expressions are equal: exactly where both are rational; where one is a decimal of six places or more, by rounding
 * the other to them; else by value, at many points where there are variables. Values are compared exactly where they are rational,
 * first in double precision and then to 55 decimals where they are not. What cannot be decided so is not equal.
 */
final class ExpressionEquality {

    private static final int POINTS_NEEDED = 6;
    /** Points whose values are compared to 55 decimals; one would do, were it not for the rounding it might hit. */
    private static final int PRECISE_POINTS = 2;

    private static final double CONSTANT_TOLERANCE = 1e-12;
    /** Relative; only what is certainly different is refused in double precision. */
    private static final double ROUGH_TOLERANCE = 1e-6;

    private static final double ROUGH_ZERO = 1e-9;
    private static final int ROUNDED_DIGITS = 6;
    private static final int FULL_DIGITS = 13;

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
        if (ours.isPresent() && theirs.isPresent()) {
            return false;
        }
        Points points = Points.of(gold, given);
        return points.none() ? sameConstant(gold, given) : sameEverywhere(gold, given, points);
    }

    /** Whether one is a multiple of the other by a constant that is not 0: two equations with the same solutions. */
    static boolean proportional(Expression gold, Expression given) {
        Points points = Points.of(gold, given);
        Ratio ratio = new Ratio();
        for (int point = 0; point < points.count(); point++) {
            if (!ratio.holds(gold, given, points.next())) {
                return false;
            }
        }
        return ratio.agreed >= POINTS_NEEDED && (ratio.allExact || ratio.precise >= PRECISE_POINTS);
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

    /** A decimal with as many digits as a calculator shows stands for what it was cut from. */
    private static boolean isFullDecimal(Expression expression) {
        Expression bare = expression instanceof Expression.Negation negation ? negation.operand() : expression;
        return bare instanceof Expression.Literal literal
                && literal.decimals() > 0
                && literal.significant() >= FULL_DIGITS;
    }

    private static boolean sameConstant(Expression gold, Expression given) {
        Complex ours = NumericValue.of(gold, Map.of());
        Complex theirs = NumericValue.of(given, Map.of());
        if (isFullDecimal(gold) || isFullDecimal(given)) {
            return ours.near(theirs, CONSTANT_TOLERANCE);
        }
        return roughly(ours, theirs) && preciselySame(gold, given, Map.of()).orElse(false);
    }

    private static boolean sameEverywhere(Expression gold, Expression given, Points points) {
        int agreed = 0;
        int precise = 0;
        boolean allExact = true;
        for (int count = 0; count < points.count(); count++) {
            Map<String, Rational> point = points.next();
            Optional<Rational> ours = ExactValue.at(point, gold);
            Optional<Rational> theirs = ExactValue.at(point, given);
            if (ours.isPresent() && theirs.isPresent()) {
                if (!ours.get().equals(theirs.get())) {
                    return false;
                }
                agreed++;
                continue;
            }
            Complex here = at(point, gold, ours);
            Complex there = at(point, given, theirs);
            if (!here.isFinite() && !there.isFinite() || points.natural() && !(here.isFinite() && there.isFinite())) {
                continue;
            }
            if (!roughly(here, there)) {
                return false;
            }
            agreed++;
            allExact = false;
            if (precise < PRECISE_POINTS) {
                Optional<Boolean> same = preciselySame(gold, given, point);
                if (same.isPresent() && !same.get()) {
                    return false;
                }
                precise += same.isPresent() ? 1 : 0;
            }
        }
        return agreed >= POINTS_NEEDED && (allExact || precise >= PRECISE_POINTS);
    }

    private static Complex at(Map<String, Rational> point, Expression expression, Optional<Rational> exact) {
        return exact.map(Rational::toDouble)
                .map(Complex::real)
                .orElseGet(() -> NumericValue.of(expression, Points.doubles(point)));
    }

    private static boolean roughly(Complex first, Complex second) {
        return first.near(second, ROUGH_TOLERANCE)
                || first.isFinite()
                        && second.isFinite()
                        && first.minus(second).abs() <= ROUGH_ZERO
                        && Math.min(first.abs(), second.abs()) <= ROUGH_ZERO;
    }

    private static Optional<Boolean> preciselySame(Expression gold, Expression given, Map<String, Rational> point) {
        return PreciseValue.of(gold, point)
                .flatMap(ours -> PreciseValue.of(given, point).map(theirs -> PreciseValue.same(ours, theirs)));
    }

    /** The quotient of two expressions, the same at every point so far. */
    private static final class Ratio {

        private Rational exact;
        private Complex rough;
        private BigComplex preciseGold;
        private BigComplex preciseGiven;
        private int agreed;
        private int precise;
        private boolean allExact = true;

        /** False when the quotient here is 0 or another than before. */
        boolean holds(Expression gold, Expression given, Map<String, Rational> point) {
            Optional<Rational> ours = ExactValue.at(point, gold).filter(value -> value.signum() != 0);
            Optional<Rational> theirs = ExactValue.at(point, given);
            if (ours.isPresent() && theirs.isPresent()) {
                Rational quotient = theirs.get().over(ours.get());
                boolean same = quotient.signum() != 0 && (exact == null || exact.equals(quotient));
                exact = quotient;
                agreed++;
                return same && holdsRoughly(Complex.real(quotient.toDouble()));
            }
            Complex quotient = at(point, given, theirs).over(at(point, gold, ours));
            if (!quotient.isFinite()) {
                return true;
            }
            agreed++;
            allExact = false;
            return quotient.abs() > ROUGH_ZERO && holdsRoughly(quotient) && holdsPrecisely(gold, given, point);
        }

        private boolean holdsRoughly(Complex quotient) {
            boolean same = rough == null || quotient.near(rough, ROUGH_TOLERANCE);
            rough = quotient;
            return same;
        }

        private boolean holdsPrecisely(Expression gold, Expression given, Map<String, Rational> point) {
            if (precise >= PRECISE_POINTS) {
                return true;
            }
            Optional<BigComplex> ours = PreciseValue.of(gold, point);
            Optional<BigComplex> theirs = PreciseValue.of(given, point);
            if (ours.isEmpty() || theirs.isEmpty()) {
                return true;
            }
            boolean same = preciseGold == null
                    || PreciseValue.same(
                            PreciseValue.product(preciseGold, theirs.get()),
                            PreciseValue.product(preciseGiven, ours.get()));
            preciseGold = ours.get();
            preciseGiven = theirs.get();
            precise++;
            return same;
        }
    }
}
