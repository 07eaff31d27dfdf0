package io.jenkins.plugins.cascade.report;

import java.util.ArrayList;
import java.util.List;

/** A table for a terminal or a log: columns padded with blanks, no control characters, nothing wider than {@link #WIDEST} a cell. */
public final class TextTable {
    /** Longest text of a cell, in characters; a longer one is cut. */
    public static final int WIDEST = 48;

    private static final String GAP = "  ";

    private final boolean[] right;
    private final List<List<String>> rows = new ArrayList<>();

    private TextTable(boolean[] right) {
        this.right = right;
    }

    /**
     * A table without rows.
     *
     * @param alignment a letter for each column, {@code l} for left and {@code r} for right
     */
    public static TextTable of(String alignment) {
        boolean[] right = new boolean[alignment.length()];
        for (int i = 0; i < right.length; i++) {
            right[i] = alignment.charAt(i) == 'r';
        }
        return new TextTable(right);
    }

    /**
     * Adds a row; the first one is the heading.
     *
     * @throws IllegalArgumentException when it has not one cell a column
     */
    public TextTable row(List<String> cells) {
        if (cells.size() != right.length) {
            throw new IllegalArgumentException("A row needs " + right.length + " cells, but has " + cells.size());
        }
        rows.add(cells.stream()
                .map(cell -> PlainText.cut(PlainText.line(cell), WIDEST))
                .toList());
        return this;
    }

    /** The lines, without line ends and without trailing blanks. */
    public List<String> lines() {
        int[] widths = new int[right.length];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], length(row.get(i)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String blanks = " ".repeat(widths[i] - length(row.get(i)));
            line.append(i == 0 ? "" : GAP);
            line.append(right[i] ? blanks + row.get(i) : row.get(i) + blanks);
        }
        return line.toString().stripTrailing();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
