package io.jenkins.plugins.cascade.verify.math;

/**
 * A piece of an answer.
 *
 * @param kind what it is
 * @param text its canonical spelling
 * @param spaced whether white space stood before it
 */
record Token(Kind kind, String text, boolean spaced) {

    /** Kinds of tokens. */
    enum Kind {
        NUMBER,
        LETTER,
        CONSTANT,
        FUNCTION,
        COMMAND,
        WORD,
        OPERATOR,
        PLUS_MINUS,
        OPEN,
        CLOSE,
        BAR,
        COMMA,
        JOIN,
        RELATION,
        UNION,
        BEGIN,
        END,
        CELL,
        ROW,
        PERCENT,
        DEGREE,
        CURRENCY,
        OTHER
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    boolean is(Kind wanted, String wantedText) {
        return kind == wanted && text.equals(wantedText);
    }
}
