package io.jenkins.plugins.cascade.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {
    private final StringWriter errors = new StringWriter();

    @TempDir
    private Path folder;

    private String before;

    @BeforeEach
    void inThisCheckout() {
        before = System.setProperty(
                BenchCommand.HOME, Path.of("").toAbsolutePath().toString());
    }

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(BenchCommand.HOME);
        } else {
            System.setProperty(BenchCommand.HOME, before);
        }
    }

    @Test
    void listsItsRowsWithoutInstallingAnything() {
        assertEquals(0, run("bench", "--list"));
    }

    @Test
    void aRowThatDoesNotExistFailsBeforeAnythingIsInstalled() {
        assertEquals(1, run("bench", "--row", "sft-fp64"));
    }

    @Test
    void refusesRoundsBelowOne() {
        assertEquals(Main.USAGE, run("bench", "--rounds", "0"));
        assertTrue(errors.toString().contains("--rounds is 0; it must be at least 1"), errors.toString());
    }

    @Test
    void saysWhatIsMissingWithoutACheckout() {
        System.setProperty(BenchCommand.HOME, folder.toString());

        assertEquals(Main.USAGE, run("bench"));
        assertTrue(
                errors.toString().contains("There is no " + folder.resolve("bench/speed/bench.py")), errors.toString());
    }

    private int run(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setErr(new PrintWriter(errors, true));
        return line.execute(arguments);
    }
}
