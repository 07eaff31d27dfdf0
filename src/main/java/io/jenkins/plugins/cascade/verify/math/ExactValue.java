package io.jenkins.plugins.cascade.verify.math;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** The rational value of an expression, where it has one that can be computed exactly and cheaply. */
final class ExactValue {

    private static final int MAX_FACTORIAL = 1000;

    private ExactValue() {}

    static Optional<Rational> of(Expression expression) {
        try {
            Optional<Rational> value = compute(expression);
            return value.filter(number -> number.bits() <= Rational.MAX_BITS);
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<Rational> compute(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return Optional.of(literal.value());
        } else if (expression instanceof Expression.Negation negation) {
            return of(negation.operand()).map(Rational::negated);
        } else if (expression instanceof Expression.Quotient quotient) {
            return of(quotient.numerator())
                    .flatMap(above -> of(quotient.denominator()).map(above::over));
        } else if (expression instanceof Expression.Power power) {
            return of(power.base()).flatMap(base -> of(power.exponent()).flatMap(base::power));
        } else if (expression instanceof Expression.Product) {
            return fold(expression.parts(), Rational.ONE, true);
        } else if (expression instanceof Expression.Sum || expression instanceof Expression.Mixed) {
            return fold(expression.parts(), Rational.ZERO, false);
        } else if (expression instanceof Expression.Call call) {
            return call(call);
        }
        return Optional.empty();
    }

    private static Optional<Rational> fold(List<Expression> parts, Rational start, boolean product) {
        Rational result = start;
        for (Expression part : parts) {
            Optional<Rational> value = of(part);
            if (value.isEmpty() || result.bits() > Rational.MAX_BITS) {
                return Optional.empty();
            }
            result = product ? result.times(value.get()) : result.plus(value.get());
        }
        return Optional.of(result);
    }

    private static Optional<Rational> call(Expression.Call call) {
        Optional<Rational> first = of(call.arguments().get(0));
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Rational argument = first.get();
        return switch (call.function()) {
            case "sqrt" -> argument.root(2);
            case "root" -> of(call.arguments().get(1)).flatMap(degree -> root(argument, degree));
            case "abs" -> Optional.of(argument.abs());
            case "factorial" -> factorial(argument);
            case "binom" -> of(call.arguments().get(1)).flatMap(lower -> binomial(argument, lower));
            case "floor" -> Optional.of(floor(argument));
            case "ceil" -> Optional.of(floor(argument.negated()).negated());
            default -> Optional.empty();
        };
    }

    private static Optional<Rational> root(Rational argument, Rational degree) {
        boolean usable =
                degree.isInteger() && degree.signum() > 0 && degree.numerator().bitLength() <= 6;
        return usable ? argument.root(degree.numerator().intValueExact()) : Optional.empty();
    }

    private static Rational floor(Rational value) {
        BigInteger[] parts = value.numerator().divideAndRemainder(value.denominator());
        BigInteger whole = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
        return new Rational(whole, BigInteger.ONE);
    }

    private static Optional<Rational> factorial(Rational value) {
        if (!isSmallNatural(value)) {
            return Optional.empty();
        }
        BigInteger result = BigInteger.ONE;
        for (int factor = 2; factor <= value.numerator().intValueExact(); factor++) {
            result = result.multiply(BigInteger.valueOf(factor));
        }
        return Optional.of(new Rational(result, BigInteger.ONE));
    }

    private static Optional<Rational> binomial(Rational upper, Rational lower) {
        if (!isSmallNatural(upper) || !isSmallNatural(lower) || lower.compareTo(upper) > 0) {
            return Optional.empty();
        }
        BigInteger n = upper.numerator();
        BigInteger result = BigInteger.ONE;
        for (int step = 1; step <= lower.numerator().intValueExact(); step++) {
            result = result.multiply(n.subtract(BigInteger.valueOf(step - 1L))).divide(BigInteger.valueOf(step));
        }
        return Optional.of(new Rational(result, BigInteger.ONE));
    }

    private static boolean isSmallNatural(Rational value) {
        return value.isInteger() && value.signum() >= 0 && value.compareTo(Rational.of(MAX_FACTORIAL)) <= 0;
    }
}
