package io.jenkins.plugins.cascade.verify.math;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rational value of an expression, where it has one that can be computed exactly and cheaply. */
final class ExactValue {

    /** Longest value at a point; it keeps a dozen points of a long polynomial within milliseconds. */
    private static final int MAX_BITS_AT_A_POINT = 4_000;

    private static final int MAX_FACTORIAL = 1000;

    private final Map<String, Rational> variables;
    private final int maxBits;

    private ExactValue(Map<String, Rational> variables, int maxBits) {
        this.variables = variables;
        this.maxBits = maxBits;
    }

    /** The value of a constant. */
    static Optional<Rational> of(Expression expression) {
        return new ExactValue(Map.of(), Rational.MAX_BITS).value(expression);
    }

    /** The value at a point; empty also where a variable has no value there. */
    static Optional<Rational> at(Map<String, Rational> point, Expression expression) {
        return new ExactValue(point, MAX_BITS_AT_A_POINT).value(expression);
    }

    private Optional<Rational> value(Expression expression) {
        try {
            return compute(expression).filter(number -> number.bits() <= maxBits);
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private Optional<Rational> compute(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return Optional.of(literal.value());
        } else if (expression instanceof Expression.Variable variable) {
            return Optional.ofNullable(variables.get(variable.name()));
        } else if (expression instanceof Expression.Negation negation) {
            return value(negation.operand()).map(Rational::negated);
        } else if (expression instanceof Expression.Quotient quotient) {
            return value(quotient.numerator())
                    .flatMap(above -> value(quotient.denominator()).map(above::over));
        } else if (expression instanceof Expression.Power power) {
            return value(power.base()).flatMap(base -> value(power.exponent()).flatMap(base::power));
        } else if (expression instanceof Expression.Product) {
            return fold(expression.parts(), Rational.ONE, true);
        } else if (expression instanceof Expression.Sum || expression instanceof Expression.Mixed) {
            return fold(expression.parts(), Rational.ZERO, false);
        } else if (expression instanceof Expression.Call call) {
            return call(call);
        }
        return Optional.empty();
    }

    private Optional<Rational> fold(List<Expression> parts, Rational start, boolean product) {
        Rational result = start;
        for (Expression part : parts) {
            Optional<Rational> value = value(part);
            if (value.isEmpty() || result.bits() > maxBits) {
                return Optional.empty();
            }
            result = product ? result.times(value.get()) : result.plus(value.get());
        }
        return Optional.of(result);
    }

    private Optional<Rational> call(Expression.Call call) {
        Optional<Rational> first = value(call.arguments().get(0));
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Rational argument = first.get();
        return switch (call.function()) {
            case "sqrt" -> argument.root(2);
            case "root" -> value(call.arguments().get(1)).flatMap(degree -> root(argument, degree));
            case "abs" -> Optional.of(argument.abs());
            case "factorial" -> factorial(argument);
            case "binom" -> value(call.arguments().get(1)).flatMap(lower -> binomial(argument, lower));
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

    /**
     * The falling factorial of the upper number over the factorial of the lower. Without a value where that is 0 because a set is
     * smaller than what is drawn from it: among natural numbers such a term would be invisible.
     */
    private Optional<Rational> binomial(Rational upper, Rational lower) {
        boolean tooFew = upper.isInteger() && upper.signum() >= 0 && upper.compareTo(lower) < 0;
        if (!isSmallNatural(lower) || tooFew) {
            return Optional.empty();
        }
        Rational result = Rational.ONE;
        for (int step = 1; step <= lower.numerator().intValueExact(); step++) {
            if (result.bits() > maxBits) {
                return Optional.empty();
            }
            result = result.times(upper.plus(Rational.of(1L - step))).over(Rational.of(step));
        }
        return Optional.of(result);
    }

    private static boolean isSmallNatural(Rational value) {
        return value.isInteger() && value.signum() >= 0 && value.compareTo(Rational.of(MAX_FACTORIAL)) <= 0;
    }
}
