package io.jenkins.plugins.cascade.local.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildLogTest {
    private static final String ESCAPE = "\u001b";

    @TempDir
    private Path folder;

    private final Secrets secrets = new Secrets();

    @Test
    void writesLinesToTheTerminalAndToTheFile() throws IOException {
        assertEquals("one\ntwo\n", terminal(false, out -> out.print("one\ntwo\n")));
        assertEquals("one\ntwo\n", file());
    }

    @Test
    void drawsProgressOverItselfOnATerminalOnly() throws IOException {
        Consumer<PrintStream> bar = out -> {
            out.print("\r10 %");
            out.flush();
            out.print("\r90 %");
            out.flush();
            out.print("\rdone\n");
        };

        assertEquals("\r" + ESCAPE + "[K10 %\r" + ESCAPE + "[K90 %\r" + ESCAPE + "[Kdone\n", terminal(true, bar));
        assertEquals("done\n", terminal(false, bar));
        assertEquals("done\n", file());
    }

    @Test
    void keepsWindowsLineEndsAsOneLineEnd() throws IOException {
        assertEquals("a\n\nb\n", terminal(false, out -> out.print("a\r\n\r\nb\r\n")));
    }

    @Test
    void writesNoControlCharactersWhereThereIsNoTerminal() throws IOException {
        String hostile = "red " + ESCAPE + "[31mtext" + ESCAPE + "[0m" + ESCAPE + "[2J" + ESCAPE
                + "]0;title\u0007\b\u0000 end\ttab\n";

        String shown = terminal(false, out -> out.print(hostile));

        assertEquals("red text]0;title end\ttab\n", shown);
        assertEquals(shown, file());
    }

    @Test
    void letsOnlyColoursThroughToATerminal() throws IOException {
        assertEquals(
                ESCAPE + "[31mred" + ESCAPE + "[0m\n",
                terminal(
                        true,
                        out -> out.print(ESCAPE + "[31mred" + ESCAPE + "[0m" + ESCAPE + "[2J" + ESCAPE + "[10;10H\n")));
    }

    @Test
    void masksSecretsEvenWhenTheyAreWrittenInPieces() throws IOException {
        secrets.add("hunter2");
        secrets.add("first line\nsecond line");

        String shown = terminal(false, out -> {
            out.print("it is hun");
            out.flush();
            out.print("ter2\nthen second line\n");
        });

        assertEquals("it is ****\nthen ****\n", shown);
        assertFalse(file().contains("hunter2"));
    }

    @Test
    void masksTheLongestSecretFirst() {
        secrets.add("abc");
        secrets.add("abcdef");

        assertEquals("**** ****", secrets.mask("abcdef abc"));
    }

    @Test
    void beginsLinesWithTimeAndBranchWhereAsked() throws IOException {
        try (ByteArrayOutputStream shown = new ByteArrayOutputStream()) {
            Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);
            try (BuildLog log = log(shown, false, clock)) {
                log.stream(LogStyle.PLAIN.withTimestamps().in("P")).println("x");
            }

            assertEquals("[2026-01-02T03:04:05.678Z] [P] x\n", shown.toString(StandardCharsets.UTF_8));
        }
    }

    private String terminal(boolean interactive, Consumer<PrintStream> writing) throws IOException {
        try (ByteArrayOutputStream shown = new ByteArrayOutputStream()) {
            try (BuildLog log = log(shown, interactive, Clock.systemUTC())) {
                writing.accept(log.stream(LogStyle.PLAIN));
            }
            return shown.toString(StandardCharsets.UTF_8);
        }
    }

    private BuildLog log(ByteArrayOutputStream shown, boolean interactive, Clock clock) throws IOException {
        PrintStream terminal = new PrintStream(shown, true, StandardCharsets.UTF_8);
        return new BuildLog(terminal, interactive, folder.resolve("log"), secrets, clock);
    }

    private String file() throws IOException {
        return Files.readString(folder.resolve("log"));
    }
}
