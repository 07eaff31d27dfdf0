package io.jenkins.plugins.cascade.verify.math;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Points at which two expressions with variables are compared. They are drawn from a seed made of both expressions, so that no answer
 * can be fitted to them, and are fractions, so that rational expressions are compared exactly: two that differ agree at a random
 * point with a probability of their degree over the number of points (Schwartz 1980, Zippel 1979).
 */
final class Points {

    /** Points of real variables; many fewer than the number that may be undefined where variables count things. */
    static final int REAL = 12;

    static final int NATURAL = 40;
    private static final int SMALL = 12;
    private static final int LARGE = 300;
    private static final int SCALE = 20;

    private final Set<String> names;
    private final boolean natural;
    private final Random random;

    private Points(Set<String> names, boolean natural, long seed) {
        this.names = names;
        this.natural = natural;
        this.random = new Random(seed);
    }

    /** Points for two expressions: natural numbers where the first, or a factorial in either, speaks of such. */
    static Points of(Expression gold, Expression given) {
        Set<String> names = new TreeSet<>(gold.variables());
        names.addAll(given.variables());
        boolean natural = countsThings(gold) || alternates(gold) || countsThings(given);
        long seed = 31L * gold.toString().hashCode() + given.toString().hashCode();
        return new Points(names, natural, seed);
    }

    boolean none() {
        return names.isEmpty();
    }

    /** Whether variables stand for natural numbers, at some of which an expression may be undefined. */
    boolean natural() {
        return natural;
    }

    int count() {
        return natural ? NATURAL : REAL;
    }

    /** The next point: fractions with sizes from 0.3 to 2.8, or natural numbers, small ones and large ones. */
    Map<String, Rational> next() {
        Map<String, Rational> values = new HashMap<>();
        int largest = random.nextBoolean() ? SMALL : LARGE;
        for (String name : names) {
            values.put(name, natural ? Rational.of(1L + random.nextInt(largest)) : fraction());
        }
        return values;
    }

    private Rational fraction() {
        double size = 0.3 + 2.5 * random.nextDouble();
        Rational value =
                new Rational(BigInteger.valueOf((long) (size * (1 << SCALE)) | 1), BigInteger.ONE.shiftLeft(SCALE));
        return random.nextBoolean() ? value : value.negated();
    }

    /** The same point in double precision, without loss. */
    static Map<String, Complex> doubles(Map<String, Rational> point) {
        Map<String, Complex> values = new HashMap<>();
        point.forEach((name, value) -> values.put(name, Complex.real(value.toDouble())));
        return values;
    }

    /** A factorial of variables, or a choice of a variable number; a choice of two of them is a polynomial. */
    private static boolean countsThings(Expression expression) {
        boolean own = expression instanceof Expression.Call call
                && (call.function().equals("factorial") || call.function().equals("binom"))
                && !call.arguments()
                        .get(call.arguments().size() - 1)
                        .variables()
                        .isEmpty();
        return own || expression.parts().stream().anyMatch(Points::countsThings);
    }

    /** A power of a negative number with a variable exponent. */
    private static boolean alternates(Expression expression) {
        boolean own = expression instanceof Expression.Power power
                && !power.exponent().variables().isEmpty()
                && ExactValue.of(power.base()).filter(base -> base.signum() < 0).isPresent();
        return own || expression.parts().stream().anyMatch(Points::alternates);
    }
}
