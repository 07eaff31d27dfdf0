package io.jenkins.plugins.cascade.local.syntax;

import io.jenkins.plugins.cascade.local.binding.Symbol;
import io.jenkins.plugins.cascade.local.binding.Unknown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.UnaryMinusExpression;

/** What can be known of an expression without running it. */
final class Literals {
    private Literals() {}

    /** The text of a string constant. */
    static Optional<String> text(Expression expression) {
        return constant(expression).filter(String.class::isInstance).map(String.class::cast);
    }

    /** A constant: text, number, truth value; negative numbers too. */
    static Optional<Object> constant(Expression expression) {
        if (expression instanceof ConstantExpression constant) {
            return Optional.ofNullable(constant.getValue());
        }
        if (expression instanceof UnaryMinusExpression minus) {
            return constant(minus.getExpression()).flatMap(Literals::negated);
        }
        return Optional.empty();
    }

    /**
     * The value as a step would receive it, as far as it is known: constants, lists and maps of them, and symbols such as
     * {@code gate(...)}; anything else is {@link Unknown#VALUE}.
     *
     * @param symbols names that make an object when they are called
     */
    static Object value(Expression expression, Predicate<String> symbols) {
        if (expression instanceof ConstantExpression constant) {
            return constant.getValue();
        }
        if (expression instanceof GStringExpression) {
            return Unknown.TEXT;
        }
        if (expression instanceof ClosureExpression) {
            return Unknown.CLOSURE;
        }
        if (expression instanceof ListExpression list) {
            List<Object> values = new ArrayList<>();
            list.getExpressions().forEach(element -> values.add(value(element, symbols)));
            return values;
        }
        if (expression instanceof MapExpression map) {
            return mapOf(map, symbols);
        }
        Optional<Symbol> symbol = Directive.of(expression)
                .filter(call -> symbols.test(call.name()))
                .map(call -> symbolOf(call, symbols));
        if (symbol.isPresent()) {
            return symbol.get();
        }
        return constant(expression).orElse(Unknown.VALUE);
    }

    private static Symbol symbolOf(Directive call, Predicate<String> symbols) {
        Map<String, Object> named = new LinkedHashMap<>();
        call.named().forEach((name, argument) -> named.put(name, value(argument, symbols)));
        List<Object> positional = call.positional().stream()
                .map(argument -> value(argument, symbols))
                .toList();
        return new Symbol(call.name(), positional, named);
    }

    private static Object mapOf(MapExpression map, Predicate<String> symbols) {
        Map<Object, Object> values = new LinkedHashMap<>();
        for (MapEntryExpression entry : map.getMapEntryExpressions()) {
            Optional<Object> key = constant(entry.getKeyExpression());
            if (key.isEmpty()) {
                return Unknown.VALUE;
            }
            values.put(key.get(), value(entry.getValueExpression(), symbols));
        }
        return values;
    }

    private static Optional<Object> negated(Object number) {
        if (number instanceof Integer value) {
            return Optional.of(-value);
        }
        if (number instanceof Long value) {
            return Optional.of(-value);
        }
        return number instanceof java.math.BigDecimal value ? Optional.of(value.negate()) : Optional.empty();
    }
}
