package io.jenkins.plugins.cascade.gate;

import java.io.IOException;
import java.io.Reader;

/** Lines of a text, none of them longer than a limit, so that a file without line ends cannot fill the memory. A byte order
 * mark before the first is left out. */
final class BoundedLines {

    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final int BUFFERED = 1 << 16;

    private final Reader reader;
    private final int longest;
    private final char[] buffer = new char[BUFFERED];
    private int position;
    private int end;
    private boolean start = true;

    BoundedLines(Reader reader, int longest) {
        this.reader = reader;
        this.longest = longest;
    }

    /**
     * The next line without its end, or null after the last.
     *
     * @throws IllegalArgumentException when the line is longer than the limit
     */
    String next() throws IOException {
        boolean more = filled();
        if (start && more && buffer[position] == BYTE_ORDER_MARK) {
            position++;
            more = filled();
        }
        start = false;
        if (!more) {
            return null;
        }
        StringBuilder line = new StringBuilder();
        boolean ended = false;
        while (!ended && filled()) {
            int stop = position;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            if (line.length() + stop - position > longest) {
                throw new IllegalArgumentException("a line of more than " + longest + " characters is not read.");
            }
            line.append(buffer, position, stop - position);
            ended = stop < end;
            position = ended ? stop + 1 : stop;
        }
        return line.toString();
    }

    /** Whether there is a character left, which is then in the buffer. */
    private boolean filled() throws IOException {
        if (position == end) {
            position = 0;
            end = Math.max(0, reader.read(buffer));
        }
        return position < end;
    }
}
