package io.jenkins.plugins.cascade.model.jinja;

import io.jenkins.plugins.cascade.model.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/** Reads expressions with Jinja's precedence, from the conditional down to the primary. */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", ">", "<=", ">=");
    private static final Set<String> AFTER_TEST = Set.of("else", "or", "and", "is", "if", "not", "in");

    private final TokenStream tokens;

    ExpressionParser(TokenStream tokens) {
        this.tokens = tokens;
    }

    /** An expression, or several with commas between: a list. */
    Expression tuple() {
        Expression first = expression();
        if (!tokens.peek().isOperator(",")) {
            return first;
        }
        List<Expression> items = new ArrayList<>(List.of(first));
        while (tokens.skipOperator(",")) {
            if (!startsExpression(tokens.peek())) {
                break;
            }
            items.add(expression());
        }
        return list(items);
    }

    /** {@code a if b else c}. */
    Expression expression() {
        Expression value = or();
        while (tokens.skipName("if")) {
            Expression then = value;
            Expression condition = or();
            Expression otherwise =
                    tokens.skipName("else") ? expression() : scope -> new Undefined("the value without else");
            value = scope ->
                    Values.isTrue(condition.evaluate(scope)) ? then.evaluate(scope) : otherwise.evaluate(scope);
        }
        return value;
    }

    /** Without the conditional, for the list of a loop whose {@code if} filters. */
    Expression or() {
        Expression left = and();
        while (tokens.skipName("or")) {
            Expression first = left;
            Expression second = and();
            left = scope -> {
                Object value = first.evaluate(scope);
                return Values.isTrue(value) ? value : second.evaluate(scope);
            };
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (tokens.skipName("and")) {
            Expression first = left;
            Expression second = not();
            left = scope -> {
                Object value = first.evaluate(scope);
                return Values.isTrue(value) ? second.evaluate(scope) : value;
            };
        }
        return left;
    }

    private Expression not() {
        if (tokens.skipName("not")) {
            Expression value = not();
            return scope -> !Values.isTrue(value.evaluate(scope));
        }
        return comparison();
    }

    /** {@code a < b <= c} is {@code a < b and b <= c}. */
    private Expression comparison() {
        Expression left = sum();
        Expression result = null;
        while (true) {
            Token token = tokens.peek();
            String operator = token.text();
            if (token.kind() == Kind.OPERATOR && COMPARISONS.contains(operator) || token.isName("in")) {
                tokens.next();
            } else if (token.isName("not") && tokens.peekNext().isName("in")) {
                tokens.next();
                tokens.next();
                operator = "not in";
            } else {
                return result == null ? left : result;
            }
            Expression first = left;
            Expression second = sum();
            String how = operator;
            Expression compared = scope -> Values.compare(how, first.evaluate(scope), second.evaluate(scope));
            Expression before = result;
            result = before == null
                    ? compared
                    : scope -> Values.isTrue(before.evaluate(scope)) ? compared.evaluate(scope) : Boolean.FALSE;
            left = second;
        }
    }

    private Expression sum() {
        Expression left = concatenation();
        while (tokens.peek().isOperator("+") || tokens.peek().isOperator("-")) {
            left = binary(left, tokens.next().text(), concatenation());
        }
        return left;
    }

    private Expression concatenation() {
        Expression left = product();
        while (tokens.skipOperator("~")) {
            Expression first = left;
            Expression second = product();
            left = scope -> joined(first.evaluate(scope)) + joined(second.evaluate(scope));
        }
        return left;
    }

    private static String joined(Object value) {
        if (value instanceof Safe) {
            throw new JinjaException("the operator ~ is not for " + Values.typeName(value));
        }
        return Values.text(value);
    }

    private Expression product() {
        Expression left = unary(true);
        while (Set.of("*", "/", "//", "%").contains(tokens.peek().text())
                && tokens.peek().kind() == Kind.OPERATOR) {
            left = binary(left, tokens.next().text(), unary(true));
        }
        if (tokens.peek().isOperator("**")) {
            throw tokens.failure("the operator ** is not supported");
        }
        return left;
    }

    private static Expression binary(Expression left, String operator, Expression right) {
        BinaryOperator<Object> operation = Arithmetic.of(operator);
        return scope -> operation.apply(left.evaluate(scope), right.evaluate(scope));
    }

    private Expression unary(boolean withFilters) {
        Expression value;
        if (tokens.skipOperator("-")) {
            Expression positive = unary(false);
            value = scope -> Arithmetic.of("-").apply(0L, positive.evaluate(scope));
        } else if (tokens.skipOperator("+")) {
            value = unary(false);
        } else {
            value = postfix(primary());
        }
        return withFilters ? filters(value) : value;
    }

    private Expression filters(Expression start) {
        Expression value = start;
        while (true) {
            if (tokens.skipOperator("|")) {
                value = filter(value);
            } else if (tokens.peek().isName("is")) {
                tokens.next();
                value = test(value);
            } else if (tokens.peek().isOperator("(")) {
                value = call(value);
            } else {
                return value;
            }
        }
    }

    private Expression filter(Expression value) {
        String name = tokens.expectName();
        Filters.Filter filter = Filters.named(name);
        if (filter == null) {
            throw tokens.failure("the filter '" + name + "' is not supported");
        }
        Arguments arguments = tokens.peek().isOperator("(") ? arguments() : Arguments.NONE;
        return scope -> filter.apply(value.evaluate(scope), arguments.positional(scope), arguments.named(scope));
    }

    private Expression test(Expression value) {
        boolean negated = tokens.skipName("not");
        String name = tokens.expectName();
        Tests.Test test = Tests.named(name);
        if (test == null) {
            throw tokens.failure("the test '" + name + "' is not supported");
        }
        Arguments arguments = Arguments.NONE;
        Token next = tokens.peek();
        if (next.isOperator("(")) {
            arguments = arguments();
        } else if (startsExpression(next)
                && !(next.isOperator("+") || next.isOperator("-"))
                && !(next.kind() == Kind.NAME && AFTER_TEST.contains(next.text()))) {
            arguments = new Arguments(List.of(postfix(primary())), Map.of());
        }
        Arguments given = arguments;
        return scope -> test.holds(value.evaluate(scope), given.positional(scope)) != negated;
    }

    private static boolean startsExpression(Token token) {
        return switch (token.kind()) {
            case NAME, STRING, INTEGER, FLOAT -> true;
            case OPERATOR -> token.text().matches("[(\\[{+-]");
            default -> false;
        };
    }

    private Expression primary() {
        Token token = tokens.peek();
        switch (token.kind()) {
            case NAME:
                return name(tokens.next().text());
            case STRING:
                StringBuilder text = new StringBuilder();
                while (tokens.peek().kind() == Kind.STRING) {
                    text.append(tokens.next().text());
                }
                String whole = text.toString();
                return scope -> whole;
            case INTEGER:
                Long number = Long.valueOf(tokens.next().text());
                return scope -> number;
            case FLOAT:
                Double real = Double.valueOf(tokens.next().text());
                return scope -> real;
            default:
                return bracketed();
        }
    }

    private static Expression name(String name) {
        return switch (name) {
            case "true", "True" -> scope -> Boolean.TRUE;
            case "false", "False" -> scope -> Boolean.FALSE;
            case "none", "None" -> scope -> null;
            default -> scope -> scope.get(name);
        };
    }

    private Expression bracketed() {
        if (tokens.skipOperator("(")) {
            if (tokens.skipOperator(")")) {
                return list(List.of());
            }
            Expression inner = tuple();
            tokens.expectOperator(")");
            return inner;
        }
        if (tokens.skipOperator("[")) {
            return list(items("]"));
        }
        if (tokens.skipOperator("{")) {
            return dictionary();
        }
        throw tokens.unexpected("an expression");
    }

    private List<Expression> items(String close) {
        List<Expression> items = new ArrayList<>();
        while (!tokens.skipOperator(close)) {
            items.add(expression());
            if (!tokens.peek().isOperator(close)) {
                tokens.expectOperator(",");
            }
        }
        return items;
    }

    private static Expression list(List<Expression> items) {
        List<Expression> copy = List.copyOf(items);
        return scope -> {
            List<Object> values = new ArrayList<>();
            copy.forEach(item -> values.add(item.evaluate(scope)));
            return values;
        };
    }

    private Expression dictionary() {
        Map<Expression, Expression> entries = new LinkedHashMap<>();
        while (!tokens.skipOperator("}")) {
            Expression key = expression();
            tokens.expectOperator(":");
            entries.put(key, expression());
            if (!tokens.peek().isOperator("}")) {
                tokens.expectOperator(",");
            }
        }
        return scope -> {
            Map<Object, Object> values = new LinkedHashMap<>();
            entries.forEach((key, value) -> values.put(key.evaluate(scope), value.evaluate(scope)));
            return values;
        };
    }

    private Expression postfix(Expression start) {
        Expression value = start;
        while (true) {
            if (tokens.skipOperator(".")) {
                value = attribute(value);
            } else if (tokens.skipOperator("[")) {
                value = subscript(value);
            } else if (tokens.peek().isOperator("(")) {
                value = call(value);
            } else {
                return value;
            }
        }
    }

    private Expression attribute(Expression value) {
        if (tokens.peek().kind() == Kind.INTEGER) {
            Long index = Long.valueOf(tokens.next().text());
            return scope -> Access.item(value.evaluate(scope), index);
        }
        String name = tokens.expectName();
        return scope -> Access.attribute(value.evaluate(scope), name);
    }

    private Expression subscript(Expression value) {
        Expression[] parts = new Expression[3];
        int colons = 0;
        while (!tokens.skipOperator("]")) {
            if (tokens.skipOperator(":")) {
                colons++;
            } else if (colons < 3 && parts[colons] == null) {
                parts[colons] = expression();
            } else {
                throw tokens.unexpected("']'");
            }
        }
        if (colons == 0 && parts[0] != null) {
            return scope -> Access.item(value.evaluate(scope), parts[0].evaluate(scope));
        }
        if (colons == 0 || colons > 2) {
            throw tokens.failure("a subscript is empty or has too many parts");
        }
        return scope -> Access.slice(
                value.evaluate(scope), part(parts[0], scope), part(parts[1], scope), part(parts[2], scope));
    }

    private static Object part(Expression expression, Scope scope) {
        return expression == null ? null : expression.evaluate(scope);
    }

    private Expression call(Expression function) {
        int line = tokens.peek().line();
        Arguments arguments = arguments();
        return scope -> {
            scope.step();
            Object called = function.evaluate(scope);
            if (called instanceof Callable callable) {
                return callable.call(arguments.positional(scope), arguments.named(scope));
            }
            String what = called instanceof Undefined undefined
                    ? undefined.failure().getMessage()
                    : Values.typeName(called) + " cannot be called";
            throw new JinjaException(what + " (line " + line + ")");
        };
    }

    /** Arguments of a call, the opening bracket being next. */
    private Arguments arguments() {
        tokens.expectOperator("(");
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        while (!tokens.skipOperator(")")) {
            if (tokens.peek().kind() == Kind.NAME && tokens.peekNext().isOperator("=")) {
                String name = tokens.expectName();
                tokens.next();
                named.put(name, expression());
            } else {
                positional.add(expression());
            }
            if (!tokens.peek().isOperator(")")) {
                tokens.expectOperator(",");
            }
        }
        return new Arguments(positional, named);
    }
}
