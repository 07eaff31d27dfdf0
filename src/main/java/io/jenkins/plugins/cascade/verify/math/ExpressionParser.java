package io.jenkins.plugins.cascade.verify.math;

import io.jenkins.plugins.cascade.verify.math.Token.Kind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Reads a scalar expression from tokens by recursive descent. */
final class ExpressionParser {

    private static final int MAX_DEPTH = 60;

    private final List<Token> tokens;
    private final int sign;
    private int position;
    private int depth;

    private ExpressionParser(List<Token> tokens, int sign) {
        this.tokens = tokens;
        this.sign = sign;
    }

    /**
     * Reads all tokens as one expression.
     *
     * @param sign +1 or -1: which of its two values a plus-minus sign takes
     * @throws NotMathematicsException if they are none
     */
    static Expression parse(List<Token> tokens, int sign) throws NotMathematicsException {
        ExpressionParser parser = new ExpressionParser(tokens, sign);
        Expression expression = parser.sum();
        if (parser.position < tokens.size()) {
            throw parser.unexpected();
        }
        return expression;
    }

    private Expression sum() throws NotMathematicsException {
        if (++depth > MAX_DEPTH) {
            throw new NotMathematicsException("the answer is nested too deeply");
        }
        List<Expression> terms = new ArrayList<>();
        int first = leadingSign();
        terms.add(signed(first, product()));
        while (at(Kind.OPERATOR, "+") || at(Kind.OPERATOR, "-") || at(Kind.PLUS_MINUS)) {
            int next = signOf(take());
            terms.add(signed(next, product()));
        }
        depth--;
        return terms.size() == 1 ? terms.get(0) : new Expression.Sum(List.copyOf(terms));
    }

    private int leadingSign() {
        return at(Kind.OPERATOR, "+") || at(Kind.OPERATOR, "-") || at(Kind.PLUS_MINUS) ? signOf(take()) : 1;
    }

    private int signOf(Token token) {
        int direction = token.text().equals("-") ? -1 : 1;
        return token.is(Kind.PLUS_MINUS) ? direction * sign : direction;
    }

    private static Expression signed(int sign, Expression expression) {
        return sign < 0 ? new Expression.Negation(expression) : expression;
    }

    private Expression product() throws NotMathematicsException {
        Expression left = factor();
        while (true) {
            if (at(Kind.OPERATOR, "*")) {
                position++;
                left = times(left, signedFactor());
            } else if (at(Kind.OPERATOR, "/")) {
                position++;
                left = new Expression.Quotient(left, signedFactor());
            } else if (startsImplicitFactor()) {
                left = times(left, factor());
            } else {
                return left;
            }
        }
    }

    private Expression signedFactor() throws NotMathematicsException {
        return signed(leadingSign(), factor());
    }

    private static Expression times(Expression left, Expression right) {
        List<Expression> factors = new ArrayList<>();
        if (left instanceof Expression.Product product) {
            factors.addAll(product.factors());
        } else {
            factors.add(left);
        }
        factors.add(right);
        return new Expression.Product(List.copyOf(factors));
    }

    private boolean startsImplicitFactor() {
        if (position >= tokens.size()) {
            return false;
        }
        return switch (tokens.get(position).kind()) {
            case LETTER, CONSTANT, FUNCTION, COMMAND, OPEN -> true;
            // 2!3! is a product, 2 3 is not.
            case NUMBER -> position > 0 && tokens.get(position - 1).is(Kind.OPERATOR, "!");
            default -> false;
        };
    }

    private Expression factor() throws NotMathematicsException {
        Expression base = postfix();
        if (!at(Kind.OPERATOR, "^")) {
            return base;
        }
        position++;
        return new Expression.Power(base, exponent());
    }

    private Expression exponent() throws NotMathematicsException {
        if (++depth > MAX_DEPTH) {
            throw new NotMathematicsException("the answer is nested too deeply");
        }
        Expression exponent = signed(leadingSign(), factor());
        depth--;
        return exponent;
    }

    private Expression postfix() throws NotMathematicsException {
        Expression operand = atom();
        while (at(Kind.OPERATOR, "!") || at(Kind.DEGREE)) {
            operand = new Expression.Call(take().is(Kind.DEGREE) ? "degrees" : "factorial", List.of(operand));
        }
        return operand;
    }

    private Expression atom() throws NotMathematicsException {
        if (position >= tokens.size()) {
            throw new NotMathematicsException("the answer ends too early");
        }
        Token token = take();
        return switch (token.kind()) {
            case NUMBER -> number(token);
            case LETTER -> new Expression.Variable(token.text() + subscript());
            case CONSTANT -> new Expression.Constant(token.text());
            case FUNCTION -> function(token.text());
            case COMMAND -> command(token.text());
            case OPEN -> grouped(token);
            case BAR -> absolute();
            default -> {
                position--;
                throw unexpected();
            }
        };
    }

    /** A number, with the fraction of a mixed number behind it. */
    private Expression number(Token token) throws NotMathematicsException {
        Expression.Literal literal = Literals.parse(token.text());
        if (!literal.value().isInteger() || literal.decimals() >= 0) {
            return literal;
        }
        if (at(Kind.COMMAND, "frac")) {
            int start = position;
            position++;
            Expression fraction = command("frac");
            boolean numbers = fraction instanceof Expression.Quotient quotient
                    && quotient.numerator() instanceof Expression.Literal
                    && quotient.denominator() instanceof Expression.Literal;
            if (numbers) {
                return new Expression.Mixed(literal, fraction);
            }
            position = start;
            return literal;
        }
        boolean plainMixed = position + 2 < tokens.size()
                && at(Kind.NUMBER)
                && tokens.get(position).spaced()
                && tokens.get(position + 1).is(Kind.OPERATOR, "/")
                && tokens.get(position + 2).is(Kind.NUMBER);
        if (plainMixed) {
            Expression above = Literals.parse(take().text());
            position++;
            return new Expression.Mixed(literal, new Expression.Quotient(above, Literals.parse(take().text())));
        }
        return literal;
    }

    private String subscript() throws NotMathematicsException {
        if (!at(Kind.OPERATOR, "_")) {
            return "";
        }
        position++;
        StringBuilder text = new StringBuilder("_");
        if (at(Kind.OPEN, "{")) {
            position++;
            while (position < tokens.size() && !at(Kind.CLOSE, "}")) {
                text.append(take().text());
            }
            expect(Kind.CLOSE, "}");
        } else if (at(Kind.NUMBER) || at(Kind.LETTER) || at(Kind.CONSTANT)) {
            text.append(take().text());
        } else {
            throw unexpected();
        }
        return text.toString();
    }

    private Expression function(String name) throws NotMathematicsException {
        Expression base = null;
        if (name.equals("log") && at(Kind.OPERATOR, "_")) {
            position++;
            base = argument();
        }
        Expression power = null;
        if (at(Kind.OPERATOR, "^")) {
            position++;
            power = exponent();
        }
        Expression argument = functionArgument();
        Expression call = call(name, argument, base);
        return power == null ? call : new Expression.Power(call, power);
    }

    private static Expression call(String name, Expression argument, Expression base) {
        Expression ten = new Expression.Literal(Rational.of(10), -1, 2);
        return switch (name) {
            case "lg" -> new Expression.Call("log", List.of(argument, ten));
            case "log" -> new Expression.Call("log", List.of(argument, base == null ? ten : base));
            default -> new Expression.Call(name, List.of(argument));
        };
    }

    /** What follows a function's name: brackets, or the factors up to a sign or the next function. */
    private Expression functionArgument() throws NotMathematicsException {
        if (++depth > MAX_DEPTH) {
            throw new NotMathematicsException("the answer is nested too deeply");
        }
        boolean bracketed = at(Kind.OPEN);
        Expression argument = factor();
        while (!bracketed && startsImplicitFactor() && !at(Kind.FUNCTION)) {
            argument = times(argument, factor());
        }
        depth--;
        return argument;
    }

    private Expression command(String name) throws NotMathematicsException {
        switch (name) {
            case "frac":
                Expression numerator = argument();
                return new Expression.Quotient(numerator, argument());
            case "binom":
                Expression upper = argument();
                return new Expression.Call("binom", List.of(upper, argument()));
            default:
                if (at(Kind.OPEN, "[")) {
                    position++;
                    Expression degree = sum();
                    expect(Kind.CLOSE, "]");
                    return new Expression.Call("root", List.of(argument(), degree));
                }
                return new Expression.Call("sqrt", List.of(argument()));
        }
    }

    private Expression argument() throws NotMathematicsException {
        if (++depth > MAX_DEPTH) {
            throw new NotMathematicsException("the answer is nested too deeply");
        }
        Expression argument = atom();
        depth--;
        return argument;
    }

    private Expression grouped(Token open) throws NotMathematicsException {
        Expression inner = sum();
        String close =
                switch (open.text()) {
                    case "(" -> ")";
                    case "[" -> "]";
                    case "{" -> "}";
                    case "floor", "ceil" -> open.text();
                    default -> throw unexpected();
                };
        expect(Kind.CLOSE, close);
        boolean rounding = close.equals(open.text());
        return rounding ? new Expression.Call(close, List.of(inner)) : inner;
    }

    private Expression absolute() throws NotMathematicsException {
        Expression inner = sum();
        expect(Kind.BAR, "|");
        return new Expression.Call("abs", List.of(inner));
    }

    private boolean at(Kind kind) {
        return position < tokens.size() && tokens.get(position).is(kind);
    }

    private boolean at(Kind kind, String text) {
        return position < tokens.size() && tokens.get(position).is(kind, text);
    }

    private Token take() {
        return tokens.get(position++);
    }

    private void expect(Kind kind, String text) throws NotMathematicsException {
        if (!at(kind, text)) {
            throw unexpected();
        }
        position++;
    }

    private NotMathematicsException unexpected() {
        return new NotMathematicsException(
                position < tokens.size()
                        ? "'" + tokens.get(position).text() + "' is not expected here"
                        : "the answer ends too early");
    }

    /** Literal numbers. */
    private static final class Literals {

        private static final int MAX_EXPONENT = 1000;

        /** @param text digits with a point, with repeating decimals in brackets, or with an exponent */
        static Expression.Literal parse(String text) throws NotMathematicsException {
            int repeating = text.indexOf('(');
            if (repeating >= 0) {
                return new Expression.Literal(
                        repeating(text.substring(0, repeating), text.substring(repeating + 1, text.length() - 1)),
                        -1,
                        0);
            }
            int exponent = text.indexOf('e');
            String digits = exponent < 0 ? text : text.substring(0, exponent);
            int point = digits.indexOf('.');
            int decimals = point < 0 ? -1 : digits.length() - point - 1;
            int significant = significant(digits);
            Rational value = Rational.parse(digits);
            if (exponent < 0) {
                return new Expression.Literal(value, decimals, significant);
            }
            int shift = Integer.parseInt(text.substring(exponent + 1));
            if (Math.abs(shift) > MAX_EXPONENT) {
                throw new NotMathematicsException("the exponent " + shift + " is too large");
            }
            Rational scale = new Rational(BigInteger.TEN.pow(Math.abs(shift)), BigInteger.ONE);
            return new Expression.Literal(
                    shift < 0 ? value.over(scale) : value.times(scale), Math.max(0, decimals - shift), significant);
        }

        private static Rational repeating(String start, String period) {
            Rational head = Rational.parse(start);
            int decimals = start.length() - start.indexOf('.') - 1;
            BigInteger nines = BigInteger.TEN.pow(period.length()).subtract(BigInteger.ONE);
            Rational tail = new Rational(new BigInteger(period), nines.multiply(BigInteger.TEN.pow(decimals)));
            return head.plus(tail);
        }

        private static int significant(String digits) {
            String bare = digits.replace(".", "").replaceFirst("^0+", "");
            return bare.length();
        }
    }
}
