package io.jenkins.plugins.cascade.local.build;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * Where the lines of a build go: to the terminal and to the log in the build's folder, masked in both. Lines of parallel branches never
 * mix. A line that ends in a carriage return (a progress bar) is drawn over by the next one on a terminal and is left out elsewhere.
 */
public final class BuildLog implements AutoCloseable {
    private static final Pattern ANY_SEQUENCE = Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-~]");
    private static final Pattern SEQUENCE_BUT_COLOUR = Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-ln-~]");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\t]]");
    private static final Pattern CONTROL_BUT_ESCAPE = Pattern.compile("[\\p{Cntrl}&&[^\t\u001b]]");
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintStream terminal;
    private final boolean interactive;
    private final Writer file;
    private final Secrets secrets;
    private final Clock clock;
    private boolean overwritable;

    /**
     * A log.
     *
     * @param terminal where the user reads
     * @param interactive true if that is a terminal, which may receive control characters
     * @param file the log file; created
     * @throws IOException if the file cannot be created
     */
    public BuildLog(PrintStream terminal, boolean interactive, Path file, Secrets secrets, Clock clock)
            throws IOException {
        this.terminal = terminal;
        this.interactive = interactive;
        this.file = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        this.secrets = secrets;
        this.clock = clock;
    }

    /** A stream for one part of the build; not to be closed. */
    public PrintStream stream(LogStyle style) {
        return new PrintStream(new LineStream(this, style), true, StandardCharsets.UTF_8);
    }

    /** True if the user reads on a terminal. */
    public boolean isInteractive() {
        return interactive;
    }

    synchronized void line(LogStyle style, String text) {
        style.activity().run();
        String time = style.timestamps() ? "[" + Instant.now(clock).truncatedTo(ChronoUnit.MILLIS) + "] " : "";
        String masked = time + style.prefix() + secrets.mask(text);
        eraseProgress();
        terminal.println(interactive ? coloured(masked) : plain(masked));
        try {
            file.write(plain(masked) + System.lineSeparator());
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("The build's log cannot be written: " + e.getMessage(), e);
        }
    }

    /** Replaces the last line of a terminal until the next line comes; does nothing elsewhere. An empty text takes it away. */
    public synchronized void progress(LogStyle style, String text) {
        style.activity().run();
        if (!interactive) {
            return;
        }
        if (text.isEmpty()) {
            eraseProgress();
        } else {
            terminal.print(ERASE_LINE + coloured(style.prefix() + secrets.mask(text)));
            terminal.flush();
            overwritable = true;
        }
    }

    private void eraseProgress() {
        if (overwritable) {
            terminal.print(ERASE_LINE);
            overwritable = false;
        }
    }

    private static String plain(String text) {
        return CONTROL.matcher(ANY_SEQUENCE.matcher(text).replaceAll("")).replaceAll("");
    }

    private static String coloured(String text) {
        return CONTROL_BUT_ESCAPE
                .matcher(SEQUENCE_BUT_COLOUR.matcher(text).replaceAll(""))
                .replaceAll("");
    }

    @Override
    public synchronized void close() throws IOException {
        eraseProgress();
        terminal.flush();
        file.close();
    }
}
