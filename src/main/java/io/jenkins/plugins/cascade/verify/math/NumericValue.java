package io.jenkins.plugins.cascade.verify.math;

import java.util.List;
import java.util.Map;

/** The value of an expression in double precision, NaN where it has none. */
final class NumericValue {

    private static final Complex UNDEFINED = new Complex(Double.NaN, Double.NaN);

    private NumericValue() {}

    /** @param variables a value for each variable; a variable without one makes the result NaN */
    static Complex of(Expression expression, Map<String, Complex> variables) {
        if (expression instanceof Expression.Literal literal) {
            return Complex.real(literal.value().toDouble());
        } else if (expression instanceof Expression.Variable variable) {
            return variables.getOrDefault(variable.name(), UNDEFINED);
        } else if (expression instanceof Expression.Constant constant) {
            return constant(constant.name());
        }
        List<Complex> parts =
                expression.parts().stream().map(part -> of(part, variables)).toList();
        if (expression instanceof Expression.Sum || expression instanceof Expression.Mixed) {
            return parts.stream().reduce(Complex.ZERO, Complex::plus);
        } else if (expression instanceof Expression.Product) {
            return parts.stream().reduce(Complex.ONE, Complex::times);
        } else if (expression instanceof Expression.Quotient) {
            return parts.get(0).over(parts.get(1));
        } else if (expression instanceof Expression.Power) {
            return parts.get(0).power(parts.get(1));
        } else if (expression instanceof Expression.Negation) {
            return parts.get(0).negated();
        }
        return call(((Expression.Call) expression).function(), parts);
    }

    private static Complex constant(String name) {
        return switch (name) {
            case "pi" -> Complex.real(Math.PI);
            case "e" -> Complex.real(Math.E);
            case "i" -> Complex.I;
            default -> UNDEFINED;
        };
    }

    private static Complex call(String function, List<Complex> arguments) {
        Complex x = arguments.get(0);
        return switch (function) {
            case "sqrt" -> x.sqrt();
            case "root" -> root(x, arguments.get(1));
            case "abs" -> Complex.real(x.abs());
            case "degrees" -> x.times(Complex.real(Math.PI / 180));
            case "ln" -> x.log();
            case "log" -> x.log().over(arguments.get(1).log());
            case "exp" -> x.exp();
            case "sin" -> x.sin();
            case "cos" -> x.cos();
            case "tan" -> x.sin().over(x.cos());
            case "cot" -> x.cos().over(x.sin());
            case "sec" -> Complex.ONE.over(x.cos());
            case "csc" -> Complex.ONE.over(x.sin());
            case "arcsin" -> real(x, Math.asin(x.re()));
            case "arccos" -> real(x, Math.acos(x.re()));
            case "arctan" -> real(x, Math.atan(x.re()));
            case "sinh" -> real(x, Math.sinh(x.re()));
            case "cosh" -> real(x, Math.cosh(x.re()));
            case "tanh" -> real(x, Math.tanh(x.re()));
            case "floor" -> real(x, Math.floor(x.re()));
            case "ceil" -> real(x, Math.ceil(x.re()));
            default -> UNDEFINED;
        };
    }

    private static Complex root(Complex x, Complex degree) {
        boolean oddOfNegative = x.im() == 0 && x.re() < 0 && degree.im() == 0 && degree.re() % 2 == 1;
        return oddOfNegative
                ? x.negated().power(Complex.ONE.over(degree)).negated()
                : x.power(Complex.ONE.over(degree));
    }

    private static Complex real(Complex argument, double value) {
        return argument.im() == 0 ? Complex.real(value) : UNDEFINED;
    }
}
