package io.jenkins.plugins.cascade.steps.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which Java runs the trainer, and what is said where none can. */
class AgentJavaTest {
    @Test
    void withoutJavaHomeItIsTheAgentsOwn(@TempDir Path workspace) throws Exception {
        AgentJava java = new FindJava(null).invoke(workspace.toFile(), null);
        assertEquals(Runtime.version().feature(), java.feature());
        assertTrue(Files.isExecutable(Path.of(java.program())), java.program());
        assertEquals(Optional.empty(), java.problem());
    }

    @ParameterizedTest
    @CsvSource({"17.0.12, 17", "21, 21", "25.0.1, 25", "1.8.0_402, 8", "9, 9"})
    void readsTheVersionThatAJdkTellsOfItself(String told, int feature, @TempDir Path home) throws Exception {
        Path release = Files.writeString(
                home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + told + "\"\nMODULES=\"java.base\"\n");
        assertEquals(feature, FindJava.feature(release));
    }

    @Test
    void aJavaHomeThatOnlyAContainerKnowsIsTakenAsItIs(@TempDir Path workspace) throws Exception {
        AgentJava java = new FindJava("/opt/only-in-the-container").invoke(workspace.toFile(), null);
        assertEquals("/opt/only-in-the-container/bin/java", java.program());
        assertEquals(0, java.feature());
        assertEquals(Optional.empty(), java.problem());
    }

    @Test
    void anOldJavaIsRefusedInOneSentence() {
        String problem =
                new AgentJava("Linux", "/opt/jdk-11", 11, true).problem().orElseThrow();
        assertEquals(
                "The trainer needs Java 17 or later, and the step's JAVA_HOME /opt/jdk-11 is Java 11: set JAVA_HOME to a newer one,"
                        + " or leave it out to use the agent's own",
                problem);
    }

    @Test
    void anotherSystemThanLinuxIsRefusedInOneSentence() {
        String problem = new AgentJava("Windows Server 2022", "C:\\jdk", 21, false)
                .problem()
                .orElseThrow();
        assertTrue(problem.contains("this one runs Windows Server 2022: choose an agent with Linux"), problem);
    }
}
