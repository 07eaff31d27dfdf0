package io.jenkins.plugins.cascade.verify.math;

import ch.obermuhlner.math.big.BigComplex;
import ch.obermuhlner.math.big.BigComplexMath;
import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The value of an expression to 110 digits, by which equal expressions are told from nearly equal ones: e^(pi sqrt 163) is no integer.
 *
 * <p>Every intermediate value must be 0 or lie between 10^-45 and 10^45 in size, so that what is left over from rounding, below
 * 10^-60, is never taken for a value and two values that are within 10^-55 are equal for every purpose. What is outside, or takes
 * more steps than a limit, has no value here. With sizes, digits and steps bounded no expression can hold the caller up.
 */
final class PreciseValue {

    private static final MathContext DIGITS = new MathContext(110);
    private static final BigDecimal LARGEST = BigDecimal.ONE.scaleByPowerOfTen(45);
    private static final BigDecimal SMALLEST = BigDecimal.ONE.scaleByPowerOfTen(-45);
    private static final BigDecimal ROUNDING = BigDecimal.ONE.scaleByPowerOfTen(-60);
    private static final BigDecimal NEAR = BigDecimal.ONE.scaleByPowerOfTen(-55);
    /** Arguments of functions; their reduction costs time with their size. */
    private static final BigDecimal LARGEST_ARGUMENT = BigDecimal.valueOf(1_000_000);

    private static final BigDecimal LARGEST_EXPONENT = BigDecimal.valueOf(200);

    private static final int MOST_STEPS = 1_000;
    /** A function costs up to a millisecond. */
    private static final int STEPS_OF_A_FUNCTION = 20;

    private final Map<String, Rational> variables;
    private int steps;

    private PreciseValue(Map<String, Rational> variables) {
        this.variables = variables;
    }

    /** Thrown where a value is undefined, out of range or too costly. */
    private static final class Undecided extends Exception {
        private static final long serialVersionUID = 1L;

        Undecided() {
            super("no value", null, false, false);
        }
    }

    /** @param variables a value for each variable */
    static Optional<BigComplex> of(Expression expression, Map<String, Rational> variables) {
        try {
            return Optional.of(new PreciseValue(variables).value(expression));
        } catch (Undecided | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** Whether two values are the same. */
    static boolean same(BigComplex first, BigComplex second) {
        BigComplex difference = first.subtract(second, DIGITS);
        return difference.re.abs().compareTo(NEAR) < 0 && difference.im.abs().compareTo(NEAR) < 0;
    }

    /** The product, for the comparison of ratios. */
    static BigComplex product(BigComplex first, BigComplex second) {
        return first.multiply(second, DIGITS);
    }

    private BigComplex value(Expression expression) throws Undecided {
        spend(1);
        if (expression instanceof Expression.Literal literal) {
            return settled(real(literal.value()));
        } else if (expression instanceof Expression.Variable variable) {
            Rational value = variables.get(variable.name());
            if (value == null) {
                throw new Undecided();
            }
            return settled(real(value));
        } else if (expression instanceof Expression.Constant constant) {
            return constant(constant.name());
        }
        if (expression instanceof Expression.Power power && power.base().equals(new Expression.Constant("e"))) {
            return exp(value(power.exponent()));
        }
        List<BigComplex> parts = new ArrayList<>();
        for (Expression part : expression.parts()) {
            parts.add(value(part));
        }
        if (expression instanceof Expression.Sum || expression instanceof Expression.Mixed) {
            return settled(parts.stream().reduce(BigComplex.ZERO, (sum, part) -> sum.add(part, DIGITS)));
        } else if (expression instanceof Expression.Product) {
            return product(parts);
        } else if (expression instanceof Expression.Quotient) {
            return quotient(parts.get(0), parts.get(1));
        } else if (expression instanceof Expression.Power) {
            return power(parts.get(0), parts.get(1));
        } else if (expression instanceof Expression.Negation) {
            return parts.get(0).negate();
        }
        return settled(call(((Expression.Call) expression).function(), parts));
    }

    private static BigComplex product(List<BigComplex> factors) throws Undecided {
        BigComplex product = BigComplex.ONE;
        for (BigComplex factor : factors) {
            product = settled(product.multiply(factor, DIGITS));
        }
        return product;
    }

    private static BigComplex quotient(BigComplex above, BigComplex below) throws Undecided {
        if (isZero(below)) {
            throw new Undecided();
        }
        return settled(above.divide(below, DIGITS));
    }

    private static BigComplex constant(String name) throws Undecided {
        return switch (name) {
            case "pi" -> BigComplex.valueOf(BigDecimalMath.pi(DIGITS));
            case "e" -> BigComplex.valueOf(BigDecimalMath.e(DIGITS));
            case "i" -> BigComplex.I;
            default -> throw new Undecided();
        };
    }

    private BigComplex power(BigComplex base, BigComplex exponent) throws Undecided {
        if (isZero(base)) {
            if (exponent.re.signum() <= 0) {
                throw new Undecided();
            }
            return BigComplex.ZERO;
        }
        BigDecimal whole = exponent.re.setScale(0, RoundingMode.HALF_EVEN);
        if (exponent.isReal()
                && whole.compareTo(exponent.re) == 0
                && whole.abs().compareTo(LARGEST_ARGUMENT) < 0) {
            return integerPower(base, whole.intValueExact());
        }
        return exp(log(base).multiply(exponent, DIGITS));
    }

    private BigComplex integerPower(BigComplex base, int exponent) throws Undecided {
        BigComplex result = BigComplex.ONE;
        BigComplex square = base;
        for (int left = Math.abs(exponent); left > 0; left >>= 1) {
            spend(1);
            if ((left & 1) == 1) {
                result = settled(result.multiply(square, DIGITS));
            }
            if (left > 1) {
                square = settled(square.multiply(square, DIGITS));
            }
        }
        return exponent < 0 ? quotient(BigComplex.ONE, result) : result;
    }

    private BigComplex call(String function, List<BigComplex> arguments) throws Undecided {
        BigComplex x = arguments.get(0);
        return switch (function) {
            case "sqrt" -> sqrt(x);
            case "root" -> root(x, arguments.get(1));
            case "abs" -> BigComplex.valueOf(x.abs(DIGITS));
            case "degrees" ->
                quotient(x.multiply(BigDecimalMath.pi(DIGITS), DIGITS), BigComplex.valueOf(BigDecimal.valueOf(180)));
            case "ln" -> log(x);
            case "log" -> quotient(log(x), log(arguments.get(1)));
            case "exp" -> exp(x);
            case "sin" -> sin(x);
            case "cos" -> cos(x);
            case "tan" -> quotient(sin(x), cos(x));
            case "cot" -> quotient(cos(x), sin(x));
            case "sec" -> quotient(BigComplex.ONE, cos(x));
            case "csc" -> quotient(BigComplex.ONE, sin(x));
            case "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh" -> BigComplex.valueOf(realFunction(function, x));
            case "floor" -> BigComplex.valueOf(floor(realPart(x)));
            case "ceil" -> BigComplex.valueOf(floor(realPart(x).negate()).negate());
            default -> throw new Undecided();
        };
    }

    private BigComplex sqrt(BigComplex x) throws Undecided {
        spend(STEPS_OF_A_FUNCTION);
        if (!x.isReal()) {
            return exp(log(x).multiply(BigDecimal.valueOf(0.5), DIGITS));
        }
        BigDecimal root = BigDecimalMath.sqrt(x.re.abs(), DIGITS);
        return x.re.signum() >= 0 ? BigComplex.valueOf(root) : BigComplex.valueOf(BigDecimal.ZERO, root);
    }

    private BigComplex root(BigComplex x, BigComplex degree) throws Undecided {
        BigDecimal two = BigDecimal.valueOf(2);
        boolean oddOfNegative = x.isReal()
                && x.re.signum() < 0
                && degree.isReal()
                && degree.re.remainder(two).compareTo(BigDecimal.ONE) == 0;
        BigComplex inverse = quotient(BigComplex.ONE, degree);
        return oddOfNegative ? power(x.negate(), inverse).negate() : power(x, inverse);
    }

    private BigComplex exp(BigComplex x) throws Undecided {
        function(x);
        if (x.re.abs().compareTo(LARGEST_EXPONENT) > 0) {
            throw new Undecided();
        }
        return settled(
                x.isReal() ? BigComplex.valueOf(BigDecimalMath.exp(x.re, DIGITS)) : BigComplexMath.exp(x, DIGITS));
    }

    private BigComplex log(BigComplex x) throws Undecided {
        spend(STEPS_OF_A_FUNCTION);
        if (isZero(x)) {
            throw new Undecided();
        }
        if (x.isReal()) {
            BigDecimal size = BigDecimalMath.log(x.re.abs(), DIGITS);
            BigDecimal angle = x.re.signum() > 0 ? BigDecimal.ZERO : BigDecimalMath.pi(DIGITS);
            return settled(BigComplex.valueOf(size, angle));
        }
        return settled(BigComplexMath.log(x, DIGITS));
    }

    private BigComplex sin(BigComplex x) throws Undecided {
        function(x);
        return settled(
                x.isReal() ? BigComplex.valueOf(BigDecimalMath.sin(x.re, DIGITS)) : BigComplexMath.sin(x, DIGITS));
    }

    private BigComplex cos(BigComplex x) throws Undecided {
        function(x);
        return settled(
                x.isReal() ? BigComplex.valueOf(BigDecimalMath.cos(x.re, DIGITS)) : BigComplexMath.cos(x, DIGITS));
    }

    private BigDecimal realFunction(String function, BigComplex x) throws Undecided {
        function(x);
        BigDecimal argument = realPart(x);
        if (function.endsWith("h") && argument.abs().compareTo(LARGEST_EXPONENT) > 0) {
            throw new Undecided();
        }
        return switch (function) {
            case "arcsin" -> BigDecimalMath.asin(argument, DIGITS);
            case "arccos" -> BigDecimalMath.acos(argument, DIGITS);
            case "arctan" -> BigDecimalMath.atan(argument, DIGITS);
            case "sinh" -> BigDecimalMath.sinh(argument, DIGITS);
            case "cosh" -> BigDecimalMath.cosh(argument, DIGITS);
            default -> BigDecimalMath.tanh(argument, DIGITS);
        };
    }

    /** A whole number that was missed by rounding only is that number. */
    private static BigDecimal floor(BigDecimal value) {
        BigDecimal nearest = value.setScale(0, RoundingMode.HALF_EVEN);
        return value.subtract(nearest).abs().compareTo(NEAR) < 0 ? nearest : value.setScale(0, RoundingMode.FLOOR);
    }

    private static BigDecimal realPart(BigComplex x) throws Undecided {
        if (!x.isReal()) {
            throw new Undecided();
        }
        return x.re;
    }

    private void function(BigComplex x) throws Undecided {
        spend(STEPS_OF_A_FUNCTION);
        if (x.re.abs().compareTo(LARGEST_ARGUMENT) > 0 || x.im.abs().compareTo(LARGEST_EXPONENT) > 0) {
            throw new Undecided();
        }
    }

    private void spend(int count) throws Undecided {
        steps += count;
        if (steps > MOST_STEPS) {
            throw new Undecided();
        }
    }

    private static BigComplex real(Rational value) {
        BigDecimal above = new BigDecimal(value.numerator());
        return BigComplex.valueOf(
                value.isInteger() ? above.round(DIGITS) : above.divide(new BigDecimal(value.denominator()), DIGITS));
    }

    private static boolean isZero(BigComplex value) {
        return value.re.signum() == 0 && value.im.signum() == 0;
    }

    private static BigComplex settled(BigComplex value) throws Undecided {
        return BigComplex.valueOf(settled(value.re), settled(value.im));
    }

    /** What rounding left over becomes 0. */
    private static BigDecimal settled(BigDecimal value) throws Undecided {
        BigDecimal size = value.abs();
        if (size.compareTo(ROUNDING) < 0) {
            return BigDecimal.ZERO;
        }
        if (size.compareTo(SMALLEST) < 0 || size.compareTo(LARGEST) > 0) {
            throw new Undecided();
        }
        return value;
    }
}
