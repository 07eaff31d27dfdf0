package io.jenkins.plugins.cascade.model.jinja;

import io.jenkins.plugins.cascade.model.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the statements of a template. */
final class Parser {
    private final TokenStream tokens;
    private final ExpressionParser expressions;

    Parser(List<Token> tokens) {
        this.tokens = new TokenStream(tokens);
        this.expressions = new ExpressionParser(this.tokens);
    }

    Statement template() {
        Statement all = body(Set.of());
        if (tokens.peek().kind() != Kind.END) {
            throw tokens.failure("the tag '" + tokens.peekNext().text() + "' ends what was not begun");
        }
        return all;
    }

    /** Statements up to a tag of these names, which is left; up to the end without names. */
    private Statement body(Set<String> ends) {
        List<Statement> statements = new ArrayList<>();
        while (true) {
            Token token = tokens.peek();
            switch (token.kind()) {
                case END:
                    if (!ends.isEmpty()) {
                        throw tokens.failure("a block does not end");
                    }
                    return Statement.all(statements);
                case TEXT:
                    tokens.next();
                    statements.add((scope, out) -> out.append(token.text()));
                    break;
                case PRINT_BEGIN:
                    statements.add(print());
                    break;
                default:
                    String name = tokens.peekNext().text();
                    if (ends.contains(name) || ends.isEmpty() && name.startsWith("end")) {
                        return Statement.all(statements);
                    }
                    tokens.next();
                    statements.add(tag());
            }
        }
    }

    private Statement print() {
        tokens.next();
        int line = tokens.peek().line();
        Expression value = expressions.tuple();
        tokens.expect(Kind.PRINT_END);
        return located(line, (scope, out) -> out.append(Values.text(value.evaluate(scope))));
    }

    /** Names the line of an error in it. */
    private static Statement located(int line, Statement statement) {
        return (scope, out) -> {
            try {
                statement.render(scope, out);
            } catch (JinjaException e) {
                boolean told = e.isRefusal() || e.getMessage().contains(" (line ");
                throw told ? e : new JinjaException(e.getMessage() + " (line " + line + ")");
            }
        };
    }

    private Statement tag() {
        int line = tokens.peek().line();
        String name = tokens.expectName();
        return switch (name) {
            case "if" -> located(line, condition());
            case "for" -> located(line, loop());
            case "set" -> located(line, set());
            case "macro" -> macro();
            case "with" -> located(line, with());
            case "generation" -> generation();
            case "break" -> jump(Statement.Jump.BREAK);
            case "continue" -> jump(Statement.Jump.CONTINUE);
            default -> throw tokens.failure("the tag '" + name + "' is not supported");
        };
    }

    private Statement jump(Statement.Jump jump) {
        tokens.expect(Kind.TAG_END);
        return (scope, out) -> {
            throw jump;
        };
    }

    /** The body of a block, its end tag taken. */
    private Statement block(String end) {
        tokens.expect(Kind.TAG_END);
        Statement body = body(Set.of(end));
        endTag();
        return body;
    }

    private String endTag() {
        tokens.next();
        return tokens.expectName();
    }

    /** Where transformers finds the assistant's tokens; its text is that of its body. */
    private Statement generation() {
        Statement body = block("endgeneration");
        tokens.expect(Kind.TAG_END);
        return body;
    }

    private Statement condition() {
        Expression condition = expressions.expression();
        tokens.expect(Kind.TAG_END);
        Statement then = body(Set.of("elif", "else", "endif"));
        Statement otherwise = (scope, out) -> {};
        String end = endTag();
        if (end.equals("elif")) {
            otherwise = condition();
        } else {
            tokens.expect(Kind.TAG_END);
            if (end.equals("else")) {
                otherwise = body(Set.of("endif"));
                endTag();
                tokens.expect(Kind.TAG_END);
            }
        }
        Statement last = otherwise;
        return (scope, out) -> (Values.isTrue(condition.evaluate(scope)) ? then : last).render(scope, out);
    }

    private Statement loop() {
        List<String> names = targets();
        if (!tokens.skipName("in")) {
            throw tokens.unexpected("'in'");
        }
        Expression list = expressions.or();
        Expression filter = tokens.skipName("if") ? expressions.expression() : null;
        tokens.expect(Kind.TAG_END);
        Statement body = body(Set.of("else", "endfor"));
        Statement otherwise = (scope, out) -> {};
        if (endTag().equals("else")) {
            tokens.expect(Kind.TAG_END);
            otherwise = body(Set.of("endfor"));
            endTag();
        }
        tokens.expect(Kind.TAG_END);
        return new Loop(names, list, filter, body, otherwise);
    }

    private List<String> targets() {
        boolean bracket = tokens.skipOperator("(");
        List<String> names = new ArrayList<>(List.of(tokens.expectName()));
        while (tokens.skipOperator(",")) {
            names.add(tokens.expectName());
        }
        if (bracket) {
            tokens.expectOperator(")");
        }
        return names;
    }

    private Statement set() {
        if (tokens.peekNext().isOperator(".")) {
            String namespace = tokens.expectName();
            tokens.next();
            String name = tokens.expectName();
            Expression value = assigned();
            return (scope, out) -> {
                if (!(scope.get(namespace) instanceof Access.Namespace target)) {
                    throw new JinjaException(
                            "only what namespace() made can be changed by its name, not '" + namespace + "'");
                }
                target.set(name, value.evaluate(scope));
            };
        }
        List<String> names = targets();
        if (tokens.peek().kind() == Kind.TAG_END && names.size() == 1) {
            Statement body = block("endset");
            tokens.expect(Kind.TAG_END);
            return (scope, out) -> {
                StringBuilder text = new StringBuilder();
                body.render(scope.inner(), text);
                scope.set(names.get(0), text.toString());
            };
        }
        Expression value = assigned();
        return (scope, out) -> Loop.assign(scope, names, value.evaluate(scope));
    }

    private Expression assigned() {
        tokens.expectOperator("=");
        Expression value = expressions.tuple();
        tokens.expect(Kind.TAG_END);
        return value;
    }

    private Statement with() {
        Map<String, Expression> values = new LinkedHashMap<>();
        while (tokens.peek().kind() != Kind.TAG_END) {
            String name = tokens.expectName();
            tokens.expectOperator("=");
            values.put(name, expressions.expression());
            if (tokens.peek().kind() != Kind.TAG_END) {
                tokens.expectOperator(",");
            }
        }
        Statement body = block("endwith");
        tokens.expect(Kind.TAG_END);
        return (scope, out) -> {
            Scope inner = scope.inner();
            values.forEach((name, value) -> inner.set(name, value.evaluate(scope)));
            body.render(inner, out);
        };
    }

    private Statement macro() {
        String name = tokens.expectName();
        Map<String, Expression> parameters = new LinkedHashMap<>();
        tokens.expectOperator("(");
        while (!tokens.skipOperator(")")) {
            String parameter = tokens.expectName();
            parameters.put(
                    parameter, tokens.skipOperator("=") ? expressions.expression() : scope -> new Undefined(parameter));
            if (!tokens.peek().isOperator(")")) {
                tokens.expectOperator(",");
            }
        }
        Statement body = block("endmacro");
        if (tokens.peek().kind() == Kind.NAME) {
            tokens.next();
        }
        tokens.expect(Kind.TAG_END);
        return (scope, out) -> scope.set(name, new Macro(name, parameters, body, scope));
    }

    private record Macro(String name, Map<String, Expression> parameters, Statement body, Scope definition)
            implements Callable {
        @Override
        public Object call(List<Object> arguments, Map<String, Object> named) {
            boolean known = parameters.keySet().containsAll(named.keySet());
            if (arguments.size() > parameters.size() || !known) {
                throw new JinjaException("the macro '" + name + "' is called with arguments that it does not have");
            }
            Scope scope = definition.inner();
            int place = 0;
            for (Map.Entry<String, Expression> parameter : parameters.entrySet()) {
                String own = parameter.getKey();
                Object value = place < arguments.size()
                        ? arguments.get(place)
                        : named.containsKey(own)
                                ? named.get(own)
                                : parameter.getValue().evaluate(scope);
                scope.set(own, value);
                place++;
            }
            StringBuilder text = new StringBuilder();
            scope.entered();
            try {
                body.render(scope, text);
            } finally {
                scope.left();
            }
            return text.toString();
        }
    }
}
