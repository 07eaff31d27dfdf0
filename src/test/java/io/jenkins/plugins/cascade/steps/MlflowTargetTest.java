package io.jenkins.plugins.cascade.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the runs of a build go. */
class MlflowTargetTest {
    private static final String CONFIGURED = "https://mlflow.example.com";

    @Test
    void withoutAnythingEverythingStaysInTheJournal() {
        assertNull(MlflowTarget.of(null, null, null).url());
    }

    @Test
    void whatAStepLeavesOutComesFromTheConfiguration() {
        MlflowArgument given = new MlflowArgument();
        given.setExperiment("nightly");
        assertEquals(new MlflowTarget(CONFIGURED, "global", "nightly"), MlflowTarget.of(given, CONFIGURED, "global"));
        assertEquals(new MlflowTarget(CONFIGURED, "global", null), MlflowTarget.of(null, CONFIGURED, "global"));
    }

    @Test
    void theConfiguredCredentialIsNeverSentToAnotherServer() {
        MlflowArgument given = new MlflowArgument();
        given.setUrl("https://other.example.com");
        assertNull(MlflowTarget.of(given, CONFIGURED, "global").credentialsId());
        given.setCredentialsId("own");
        assertEquals("own", MlflowTarget.of(given, CONFIGURED, "global").credentialsId());
    }

    @Test
    void isRememberedInTheBuildsFolderWithoutASecret(@TempDir Path folder) throws Exception {
        assertEquals(Optional.empty(), MlflowTargetFile.read(folder.resolve("cascade")));
        MlflowTarget target = new MlflowTarget(CONFIGURED, "global", null);
        MlflowTargetFile.write(folder.resolve("cascade"), target);
        assertEquals(Optional.of(target), MlflowTargetFile.read(folder.resolve("cascade")));
        assertFalse(Files.readString(folder.resolve("cascade").resolve(MlflowTargetFile.NAME))
                .contains("password"));
    }
}
