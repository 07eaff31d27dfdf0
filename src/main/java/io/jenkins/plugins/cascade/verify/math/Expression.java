package io.jenkins.plugins.cascade.verify.math;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A scalar expression as it was written. */
sealed interface Expression {

    /**
     * A literal number.
     *
     * @param value its exact value
     * @param decimals digits after the point as written, -1 without a point
     * @param significant significant digits as written
     */
    record Literal(Rational value, int decimals, int significant) implements Expression {}

    /** A variable, or a letter with a subscript. */
    record Variable(String name) implements Expression {}

    /** pi, e or i. */
    record Constant(String name) implements Expression {}

    /** A sum; differences hold a {@link Negation}. */
    record Sum(List<Expression> terms) implements Expression {}

    /** A whole number and a fraction, such as one and a half: a sum in value, a single number in writing. */
    record Mixed(Literal whole, Expression fraction) implements Expression {}

    /** A product. */
    record Product(List<Expression> factors) implements Expression {}

    /** A quotient. */
    record Quotient(Expression numerator, Expression denominator) implements Expression {}

    /** A power. */
    record Power(Expression base, Expression exponent) implements Expression {}

    /** The opposite. */
    record Negation(Expression operand) implements Expression {}

    /** A named function of one or two arguments: sqrt, root, sin, log, factorial, binom, abs, degrees and the like. */
    record Call(String function, List<Expression> arguments) implements Expression {}

    /** What it is directly made of. */
    default List<Expression> parts() {
        if (this instanceof Sum sum) {
            return sum.terms();
        } else if (this instanceof Mixed mixed) {
            return List.of(mixed.whole(), mixed.fraction());
        } else if (this instanceof Product product) {
            return product.factors();
        } else if (this instanceof Quotient quotient) {
            return List.of(quotient.numerator(), quotient.denominator());
        } else if (this instanceof Power power) {
            return List.of(power.base(), power.exponent());
        } else if (this instanceof Negation negation) {
            return List.of(negation.operand());
        } else if (this instanceof Call call) {
            return call.arguments();
        }
        return List.of();
    }

    /** The names of its variables. */
    default Set<String> variables() {
        Set<String> names = new TreeSet<>();
        collectVariables(names);
        return names;
    }

    private void collectVariables(Set<String> names) {
        if (this instanceof Variable variable) {
            names.add(variable.name());
        }
        parts().forEach(part -> part.collectVariables(names));
    }
}
