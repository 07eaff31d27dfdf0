package io.jenkins.plugins.cascade.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With a fake Python, since the real installation takes minutes; the real one is what {@link SharedMlflow} runs from.
 */
class MlflowInstallationTest {
    /** Makes a "virtual environment" whose "pip" puts down a program and counts its calls. */
    private static final String FAKE_PYTHON =
            """
            #!/bin/sh
            mkdir -p "$3/bin"
            printf '#!/bin/sh\\n%s\\n' '$PIP' > "$3/bin/python"
            chmod +x "$3/bin/python"
            """;

    private static final String GOOD_PIP = "echo called >> \"${0%/*}/../calls\"; cp \"$0\" \"${0%/*}/mlflow\"";
    private static final String BAD_PIP = "echo \"ERROR: No matching distribution found for mlflow\"; exit 1";

    @TempDir
    Path folder;

    private Path environment() {
        return folder.resolve("cache").resolve("mlflow-" + MlflowInstallation.VERSION);
    }

    private String python(String pip) throws IOException {
        Path python = folder.resolve("python3");
        Files.writeString(python, FAKE_PYTHON.replace("$PIP", pip));
        Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwx------"));
        return python.toString();
    }

    private MlflowInstallation install(String python) throws IOException, InterruptedException {
        return MlflowInstallation.in(folder.resolve("cache"), python);
    }

    @Test
    void isMadeOnceAndUsedAgain() throws Exception {
        String python = python(GOOD_PIP);
        MlflowInstallation made = install(python);
        install(python);
        assertTrue(Files.isExecutable(made.program("mlflow")));
        assertEquals("called\n", Files.readString(environment().resolve("calls")));
    }

    @Test
    void saysInOneSentenceThatPipFailedAndIsMadeAnewNextTime() throws Exception {
        IOException failed = assertThrows(IOException.class, () -> install(python(BAD_PIP)));
        assertEquals(
                "pip could not install MLflow 3.17.2: ERROR: No matching distribution found for mlflow (exit code 1, all"
                        + " of it in " + environment().resolve("install.log") + ").",
                failed.getMessage());
        Files.writeString(environment().resolve("left over"), "");

        install(python(GOOD_PIP));
        assertFalse(Files.exists(environment().resolve("left over")));
    }

    @Test
    void saysInOneSentenceThatPythonIsMissing() {
        IOException failed = assertThrows(IOException.class, () -> install("no-such-python"));
        assertTrue(
                failed.getMessage()
                        .startsWith("Python could not make a virtual environment for MLflow (python3 with its"
                                + " venv module is needed): "),
                failed.getMessage());
    }

    @Test
    void neverRemovesAFolderOfSomebodyElse() throws Exception {
        Path precious = Files.createDirectories(environment()).resolve("precious");
        Files.writeString(precious, "mine");
        IOException refused = assertThrows(IOException.class, () -> install(python(GOOD_PIP)));
        assertTrue(refused.getMessage().contains("is in the way"), refused.getMessage());
        assertTrue(Files.exists(precious));
    }

    @Test
    void saysThatAnExistingEnvironmentHasNoMlflow() {
        IOException missing = assertThrows(IOException.class, () -> MlflowInstallation.existing(folder));
        assertTrue(missing.getMessage().startsWith("There is no MLflow in " + folder), missing.getMessage());
    }
}
