package io.jenkins.plugins.cascade.local.build;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Cuts bytes into lines for a {@link BuildLog}. */
final class LineStream extends OutputStream {
    /** Longer lines are cut, so that a stream without line ends cannot fill the memory. */
    private static final int LONGEST = 1 << 20;

    private final BuildLog log;
    private final LogStyle style;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean carriageReturn;
    private boolean progress;
    private boolean drawn;

    LineStream(BuildLog log, LogStyle style) {
        this.log = log;
        this.style = style;
    }

    @Override
    public synchronized void write(int value) {
        if (value == '\n') {
            endLine();
        } else if (value == '\r') {
            endProgress();
            carriageReturn = true;
        } else {
            startOver();
            line.write(value);
            drawn = false;
            if (line.size() >= LONGEST) {
                endLine();
            }
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    @Override
    public synchronized void flush() {
        if (progress) {
            draw();
        }
    }

    private void draw() {
        if (!drawn && line.size() > 0) {
            log.progress(style, text());
            drawn = true;
        }
    }

    /** After a carriage return comes either a line end, or text that replaces the line. */
    private void startOver() {
        if (carriageReturn) {
            line.reset();
            carriageReturn = false;
            progress = true;
        }
    }

    private void endProgress() {
        startOver();
        draw();
    }

    private void endLine() {
        if (!progress || line.size() > 0) {
            log.line(style, text());
        }
        line.reset();
        carriageReturn = false;
        progress = false;
    }

    private String text() {
        return line.toString(StandardCharsets.UTF_8);
    }
}
