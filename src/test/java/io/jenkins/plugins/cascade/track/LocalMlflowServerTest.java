package io.jenkins.plugins.cascade.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(RealMlflow.class)
class LocalMlflowServerTest {
    @TempDir
    Path folder;

    private final SharedMlflow mlflow;

    LocalMlflowServerTest(SharedMlflow mlflow) {
        this.mlflow = mlflow;
    }

    private static List<Long> pids(LocalMlflowServer server) {
        return server.processes().stream().map(ProcessHandle::pid).sorted().toList();
    }

    @Test
    void isUsedAgainWhileItRuns() throws Exception {
        LocalMlflowServer again = LocalMlflowServer.start(SharedMlflow.installation(), mlflow.folder());
        assertEquals(mlflow.server().uri(), again.uri());
        assertEquals(pids(mlflow.server()), pids(again));
        assertEquals(
                again.uri(),
                LocalMlflowServer.running(mlflow.folder()).orElseThrow().uri());
    }

    @Test
    void runsInASessionOfItsOwn() throws Exception {
        List<ProcessHandle> processes = mlflow.server().processes();
        long parent = processes.get(processes.size() - 1).pid();
        String[] stat = Files.readString(Path.of("/proc/" + parent + "/stat")).split(" ");
        assertEquals(String.valueOf(parent), stat[5]);
    }

    @Test
    void saysWhyItDoesNotStart() throws Exception {
        Files.writeString(
                folder.resolve("mlflow.db"),
                "this is no sqlite file, but a text of more than a hundred bytes "
                        + "so that sqlite reads a header from it and finds it wanting, as it must");
        IOException broken =
                assertThrows(IOException.class, () -> LocalMlflowServer.start(SharedMlflow.installation(), folder));
        assertTrue(broken.getMessage().startsWith("The local MLflow server ended at once: "), broken.getMessage());
        assertTrue(broken.getMessage().contains("file is not a database"), broken.getMessage());
        assertTrue(LocalMlflowServer.running(folder).isEmpty());
    }

    @Test
    void isNotTakenForAnotherProcessWithItsNumber() throws Exception {
        long pid = ProcessHandle.current().pid();
        Files.writeString(folder.resolve("server.json"), "{\"pid\":" + pid + ",\"started\":1,\"port\":1}");
        assertTrue(LocalMlflowServer.running(folder).isEmpty());
        Files.writeString(folder.resolve("server.json"), "damaged");
        assertTrue(LocalMlflowServer.running(folder).isEmpty());
    }
}
