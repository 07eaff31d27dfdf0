package io.jenkins.plugins.cascade.local.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
    @TempDir
    private Path folder;

    @Test
    void numbersBuildsFromOneAndSkipsNone() throws Exception {
        try (Workspace workspace = Workspace.open(folder)) {
            assertEquals(1, workspace.begin());
            assertEquals(2, workspace.begin());
            Files.createDirectories(folder.resolve("builds/10"));
            Files.createDirectories(folder.resolve("builds/notes"));
            assertEquals(11, workspace.begin());
        }
    }

    @Test
    void remembersTheNewestBuildThatEnded() throws Exception {
        BuildRecord first = new BuildRecord(1, "Jenkinsfile", Result.UNSTABLE, 5, 7, Map.of("SEED", "3", "FAST", true));
        try (Workspace workspace = Workspace.open(folder)) {
            assertEquals(Optional.empty(), workspace.previous("Jenkinsfile"));
            workspace.begin();
            workspace.complete(first);
            workspace.begin();
        }
        try (Workspace workspace = Workspace.open(folder)) {
            assertEquals(Optional.of(first), workspace.previous("Jenkinsfile"));
            assertEquals(Optional.empty(), workspace.previous("examples/Jenkinsfile"));
        }
    }

    @Test
    void namesARecordThatIsDamaged() throws Exception {
        try (Workspace workspace = Workspace.open(folder)) {
            workspace.begin();
            Files.writeString(folder.resolve("builds/1/build.json"), "{");

            IOException thrown = assertThrows(IOException.class, () -> workspace.previous("Jenkinsfile"));

            assertTrue(thrown.getMessage().contains("build.json is not the record of a build: delete it"));
        }
    }

    @Test
    void isHeldByOneRunAtATime() throws Exception {
        try (Workspace held = Workspace.open(folder)) {
            WorkspaceException thrown = assertThrows(WorkspaceException.class, () -> Workspace.open(held.root()));

            assertTrue(thrown.getMessage().startsWith("Another run holds the workspace"));
        }
        Workspace.open(folder).close();
    }

    @Test
    void saysThatItCannotBeWritten() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        WorkspaceException thrown = assertThrows(WorkspaceException.class, () -> Workspace.open(file.resolve("work")));

        assertTrue(
                thrown.getMessage().contains("cannot be written: give a folder that you may write with --workspace"));
    }
}
