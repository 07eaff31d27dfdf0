package io.jenkins.plugins.cascade.gate;

import java.io.BufferedReader;
import java.io.IOException;

/** Lines of a text, none of them longer than a limit, so that a file without line ends cannot fill the memory. A byte order
 * mark before the first is left out. */
final class BoundedLines {

    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final BufferedReader reader;
    private final int longest;
    private boolean start = true;

    BoundedLines(BufferedReader reader, int longest) {
        this.reader = reader;
        this.longest = longest;
    }

    /**
     * The next line without its end, or null after the last.
     *
     * @throws IllegalArgumentException when the line is longer than the limit
     */
    String next() throws IOException {
        int first = reader.read();
        if (start && first == BYTE_ORDER_MARK) {
            first = reader.read();
        }
        start = false;
        if (first < 0) {
            return null;
        }
        StringBuilder line = new StringBuilder();
        for (int c = first; c >= 0 && c != '\n'; c = reader.read()) {
            if (line.length() == longest) {
                throw new IllegalArgumentException("a line of more than " + longest + " characters is not read.");
            }
            line.append((char) c);
        }
        return line.toString();
    }
}
