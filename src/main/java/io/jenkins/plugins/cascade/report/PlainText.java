package io.jenkins.plugins.cascade.report;

/** Foreign text for places that have no markup: a terminal, a log. */
final class PlainText {
    private PlainText() {}

    /** One line without control characters, which could move a cursor, forge a line or turn text around, and in plain punctuation. */
    static String line(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '−', '–' -> line.append('-');
                case '±' -> line.append("+-");
                default -> line.appendCodePoint(isPlain(c) ? c : ' ');
            }
        });
        return line.toString().strip();
    }

    /** A text cut to that many characters, with an ellipsis. */
    static String cut(String text, int length) {
        if (text.codePointCount(0, text.length()) <= length) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, length - 1)) + "…";
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
