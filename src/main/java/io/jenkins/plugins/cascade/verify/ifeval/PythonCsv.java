package io.jenkins.plugins.cascade.verify.ifeval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows of comma-separated values as Python's {@code csv.reader} reads them by default. */
final class PythonCsv {

    private static final int MAX_FIELD = 131_072;

    private final char delimiter;
    private final List<List<String>> rows = new ArrayList<>();
    private List<String> row = new ArrayList<>();
    private final StringBuilder field = new StringBuilder();
    private State state = State.ROW_START;

    private PythonCsv(char delimiter) {
        this.delimiter = delimiter;
    }

    private enum State {
        ROW_START,
        FIELD_START,
        PLAIN,
        QUOTED,
        QUOTE_IN_QUOTED,
        ROW_END
    }

    /** The rows, an empty line being an empty row; nothing where Python would raise an error. */
    static Optional<List<List<String>>> rows(String text, char delimiter) {
        PythonCsv csv = new PythonCsv(delimiter);
        for (int at = 0; at < text.length(); at++) {
            if (!csv.take(text.charAt(at))) {
                return Optional.empty();
            }
        }
        csv.end();
        return Optional.of(csv.rows);
    }

    private boolean take(char character) {
        switch (state) {
            case ROW_START, FIELD_START -> startOfField(character);
            case PLAIN -> plain(character);
            case QUOTED -> quoted(character);
            case QUOTE_IN_QUOTED -> quoteInQuoted(character);
            case ROW_END -> {
                if (character != '\n') {
                    return character == '\r';
                }
                state = State.ROW_START;
            }
        }
        return field.length() <= MAX_FIELD;
    }

    private void startOfField(char character) {
        if (character == '"') {
            state = State.QUOTED;
        } else if (isLineEnd(character) && state == State.ROW_START) {
            endRow(character);
        } else {
            plain(character);
        }
    }

    private void plain(char character) {
        if (character == delimiter) {
            endField();
            state = State.FIELD_START;
        } else if (isLineEnd(character)) {
            endField();
            endRow(character);
        } else {
            field.append(character);
            state = State.PLAIN;
        }
    }

    private void quoted(char character) {
        if (character == '"') {
            state = State.QUOTE_IN_QUOTED;
        } else {
            field.append(character);
        }
    }

    private void quoteInQuoted(char character) {
        if (character == '"') {
            field.append(character);
            state = State.QUOTED;
        } else {
            plain(character);
        }
    }

    private static boolean isLineEnd(char character) {
        return character == '\n' || character == '\r';
    }

    private void endField() {
        row.add(field.toString());
        field.setLength(0);
    }

    private void endRow(char lineEnd) {
        rows.add(row);
        row = new ArrayList<>();
        state = lineEnd == '\n' ? State.ROW_START : State.ROW_END;
    }

    private void end() {
        if (state != State.ROW_START && state != State.ROW_END) {
            endField();
            rows.add(row);
        }
    }
}
