package io.jenkins.plugins.cascade.model.jinja;

/**
 * A piece of a template.
 *
 * @param kind what it is
 * @param text text of the template, value of a string, name, number or operator
 * @param line where it stands, from 1
 */
record Token(Kind kind, String text, int line) {
    enum Kind {
        TEXT,
        PRINT_BEGIN,
        PRINT_END,
        TAG_BEGIN,
        TAG_END,
        NAME,
        STRING,
        INTEGER,
        FLOAT,
        OPERATOR,
        END
    }

    boolean is(Kind other, String value) {
        return kind == other && text.equals(value);
    }

    boolean isOperator(String value) {
        return is(Kind.OPERATOR, value);
    }

    boolean isName(String value) {
        return is(Kind.NAME, value);
    }
}
