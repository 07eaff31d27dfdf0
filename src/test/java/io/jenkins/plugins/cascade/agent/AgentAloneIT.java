package io.jenkins.plugins.cascade.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.recipe.StageFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process on an agent with {@code target/cascade-trainer.jar} alone on its class path. */
class AgentAloneIT {
    private static final Path JAR = Path.of(System.getProperty("cascade.target", "target"), "cascade-trainer.jar");

    @TempDir
    Path workspace;

    @Test
    void preparesTrainsAndFindsWhatIsTrained() throws Exception {
        try (AgentBench bench = new AgentBench(workspace)) {
            for (String attempt : new String[] {"one", "two"}) {
                Process process = bench.start(bench.order(attempt, bench.sft(2), null, 0), JAR.toString());
                assertEquals(0, bench.exitCode(process), Files.readString(workspace.resolve("process.log")));
            }
            assertFalse(bench.prepared("one").trained());
            assertTrue(bench.prepared("two").trained());
            assertTrue(Files.exists(bench.stage().resolve(StageFiles.RESULT)));
        }
    }
}
