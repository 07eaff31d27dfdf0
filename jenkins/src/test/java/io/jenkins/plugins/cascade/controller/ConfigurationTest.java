package io.jenkins.plugins.cascade.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.cascade.steps.CascadeConfiguration;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The global configuration as Configuration as Code, as a form and as a file. */
@WithJenkins
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ConfigurationTest {
    private static final String YAML =
            """
            unclassified:
              cascade:
                mlflowUrl: "https://mlflow.example.org"
                mlflowCredentialsId: "mlflow"
                allowedHosts: "*.example.org"
                stageStore: "/scratch/cascade"
                leaseMinutes: 30
                graceSeconds: 45
            """;

    @Test
    void codeSetsEveryFieldAndIsExportedAgain(JenkinsRule jenkins, @TempDir Path folder) throws Exception {
        configure(folder);
        assertAsWritten();
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        String text = exported.toString(StandardCharsets.UTF_8);
        for (String line : YAML.lines().toList()) {
            assertTrue(text.contains("\n" + line + "\n"), line + " is not in " + text);
        }
    }

    @Test
    void theFormKeepsWhatItShowsAndSoDoesTheFile(JenkinsRule jenkins, @TempDir Path folder) throws Exception {
        configure(folder);
        jenkins.configRoundtrip();
        assertEquals("https://mlflow.example.org", CascadeConfiguration.get().getMlflowUrl());
        assertEquals("*.example.org", CascadeConfiguration.get().getAllowedHosts());
        assertEquals("/scratch/cascade", CascadeConfiguration.get().getStageStore());
        assertEquals(30, CascadeConfiguration.get().getLeaseMinutes());
        CascadeConfiguration.get().setMlflowUrl(null);
        CascadeConfiguration.get().load();
        assertNull(CascadeConfiguration.get().getMlflowUrl());
        assertEquals(45, CascadeConfiguration.get().getGraceSeconds());
    }

    private static void configure(Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("jenkins.yaml"), YAML);
        ConfigurationAsCode.get().configure(file.toString());
    }

    private static void assertAsWritten() {
        CascadeConfiguration now = CascadeConfiguration.get();
        assertEquals("https://mlflow.example.org", now.getMlflowUrl());
        assertEquals("mlflow", now.getMlflowCredentialsId());
        assertEquals("*.example.org", now.getAllowedHosts());
        assertEquals("/scratch/cascade", now.getStageStore());
        assertEquals(30, now.getLeaseMinutes());
        assertEquals(45, now.getGraceSeconds());
    }
}
