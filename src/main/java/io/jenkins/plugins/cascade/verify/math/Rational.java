package io.jenkins.plugins.cascade.verify.math;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Optional;

/**
 * A fraction in lowest terms.
 *
 * @param numerator carries the sign
 * @param denominator above 0
 */
record Rational(BigInteger numerator, BigInteger denominator) implements Comparable<Rational> {

    static final Rational ZERO = of(0);
    static final Rational ONE = of(1);

    /** Numbers longer than this are not computed with, so that a short answer cannot cost much time. */
    static final int MAX_BITS = 40_000;

    private static final int EXACT_DOUBLE_BITS = 53;

    Rational {
        if (denominator.signum() == 0) {
            throw new ArithmeticException("division by zero");
        }
        if (!denominator.equals(BigInteger.ONE)) {
            BigInteger divisor = numerator.gcd(denominator);
            if (denominator.signum() < 0) {
                divisor = divisor.negate();
            }
            numerator = numerator.divide(divisor);
            denominator = denominator.divide(divisor);
        }
    }

    static Rational of(long value) {
        return new Rational(BigInteger.valueOf(value), BigInteger.ONE);
    }

    /** @param text digits with at most one point, such as {@code .5} or {@code 12.} */
    static Rational parse(String text) {
        int point = text.indexOf('.');
        if (point < 0) {
            return new Rational(new BigInteger(text), BigInteger.ONE);
        }
        String digits = text.substring(0, point) + text.substring(point + 1);
        return new Rational(new BigInteger(digits), BigInteger.TEN.pow(text.length() - point - 1));
    }

    Rational plus(Rational other) {
        return new Rational(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Rational times(Rational other) {
        return new Rational(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    /** @throws ArithmeticException if the other is zero */
    Rational over(Rational other) {
        return new Rational(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    Rational negated() {
        return new Rational(numerator.negate(), denominator);
    }

    Rational abs() {
        return signum() < 0 ? negated() : this;
    }

    int signum() {
        return numerator.signum();
    }

    boolean isInteger() {
        return denominator.equals(BigInteger.ONE);
    }

    int bits() {
        return Math.max(numerator.bitLength(), denominator.bitLength());
    }

    /** This to a power; empty where the result is not rational, undefined, or longer than {@link #MAX_BITS}. */
    Optional<Rational> power(Rational exponent) {
        if (exponent.denominator.bitLength() > 6) {
            return Optional.empty();
        }
        return exponent.isInteger()
                ? integerPower(exponent.numerator)
                : root(exponent.denominator.intValueExact()).flatMap(root -> root.integerPower(exponent.numerator));
    }

    private Optional<Rational> integerPower(BigInteger exponent) {
        boolean trivial = bits() <= 1 && isInteger();
        if (exponent.bitLength() > 16 && !trivial
                || signum() == 0 && exponent.signum() <= 0
                || !trivial && (long) bits() * Math.abs(exponent.intValueExact()) > MAX_BITS) {
            return Optional.empty();
        }
        int size = trivial ? (exponent.testBit(0) ? 1 : 2) : Math.abs(exponent.intValueExact());
        Rational power = new Rational(numerator.pow(size), denominator.pow(size));
        return Optional.of(exponent.signum() < 0 ? ONE.over(power) : power);
    }

    /** The real root that is rational, of a number that is not negative unless the degree is odd. */
    Optional<Rational> root(int degree) {
        if (signum() < 0) {
            return degree % 2 == 0 ? Optional.empty() : negated().root(degree).map(Rational::negated);
        }
        Optional<BigInteger> above = root(numerator, degree);
        Optional<BigInteger> below = root(denominator, degree);
        return above.isPresent() && below.isPresent()
                ? Optional.of(new Rational(above.get(), below.get()))
                : Optional.empty();
    }

    private static Optional<BigInteger> root(BigInteger value, int degree) {
        if (degree == 2) {
            BigInteger root = value.sqrt();
            return root.multiply(root).equals(value) ? Optional.of(root) : Optional.empty();
        }
        BigInteger low = BigInteger.ZERO;
        BigInteger high = BigInteger.ONE.shiftLeft(value.bitLength() / degree + 1);
        while (low.compareTo(high) < 0) {
            BigInteger middle = low.add(high).add(BigInteger.ONE).shiftRight(1);
            if (middle.pow(degree).compareTo(value) <= 0) {
                low = middle;
            } else {
                high = middle.subtract(BigInteger.ONE);
            }
        }
        return low.pow(degree).equals(value) ? Optional.of(low) : Optional.empty();
    }

    double toDouble() {
        if (bits() <= EXACT_DOUBLE_BITS) {
            return numerator.doubleValue() / denominator.doubleValue();
        }
        return new BigDecimal(numerator)
                .divide(new BigDecimal(denominator), MathContext.DECIMAL128)
                .doubleValue();
    }

    @Override
    public int compareTo(Rational other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }
}
