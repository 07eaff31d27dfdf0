package io.jenkins.plugins.cascade.model.jinja;

import io.jenkins.plugins.cascade.model.jinja.Token.Kind;
import java.util.List;

/** The tokens that are left. */
final class TokenStream {
    private final List<Token> tokens;
    private int at;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peekNext() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    boolean skipOperator(String value) {
        return skipIf(peek().isOperator(value));
    }

    boolean skipName(String value) {
        return skipIf(peek().isName(value));
    }

    private boolean skipIf(boolean holds) {
        if (holds) {
            next();
        }
        return holds;
    }

    void expectOperator(String value) {
        if (!skipOperator(value)) {
            throw unexpected("'" + value + "'");
        }
    }

    String expectName() {
        if (peek().kind() != Kind.NAME) {
            throw unexpected("a name");
        }
        return next().text();
    }

    void expect(Kind kind) {
        if (peek().kind() != kind) {
            throw unexpected(kind == Kind.TAG_END ? "'%}'" : "'}}'");
        }
        next();
    }

    JinjaException unexpected(String wanted) {
        String found = peek().kind() == Kind.END ? "the template's end" : "'" + peek().text() + "'";
        return failure(wanted + " is expected where " + found + " stands");
    }

    JinjaException failure(String what) {
        return new JinjaException(what + " (line " + peek().line() + ")");
    }
}
