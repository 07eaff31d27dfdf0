package io.jenkins.plugins.cascade.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.recipe.Digests;
import io.jenkins.plugins.cascade.stage.StageException;
import io.jenkins.plugins.cascade.stage.UploadOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the process on an agent does with a checkpoint, against a real server. */
@ExtendWith(RealMlflow.class)
class CheckpointOrderTest {
    private static final String ORDER = "orders/one/upload.json";

    @TempDir
    Path root;

    private final SharedMlflow mlflow;
    private Path checkpoints;
    private String key;

    CheckpointOrderTest(SharedMlflow mlflow) {
        this.mlflow = mlflow;
    }

    @BeforeEach
    void checkpoint() throws IOException {
        checkpoints = root.resolve("stages/0123-sft/checkpoints");
        for (String folder : List.of("final/tokenizer", "step-5", "step-10")) {
            Files.createDirectories(checkpoints.resolve(folder));
        }
        Files.writeString(checkpoints.resolve("final/model.safetensors"), root.toString());
        Files.writeString(checkpoints.resolve("final/tokenizer/tokenizer.json"), "{}");
        Files.writeString(checkpoints.resolve("final/config.json"), "{}");
        Files.writeString(checkpoints.resolve("step-10/optimizer"), "moments");
        key = Digests.ofBytes(root.toString().getBytes(StandardCharsets.UTF_8));
    }

    private String run() throws Exception {
        Path journal = Files.createTempDirectory(root, "journal").resolve("journal.jsonl");
        try (MlflowTracker tracker = MlflowTracker.open(journal, mlflow.rest())) {
            String run = tracker.startRun(RunStart.of("checkpoints", "sft").withTags(Map.of(RunSearch.KEY, key)));
            tracker.tags(run, Map.of(RunSearch.GATE_STATUS, "accepted"));
            tracker.endRun(run, RunStatus.FINISHED);
            return tracker.mlflowRunId(run).orElseThrow();
        }
    }

    private void order(String run, String checkpoint, String digest, boolean removeStates) throws IOException {
        Files.createDirectories(root.resolve(ORDER).getParent());
        Files.writeString(
                root.resolve(ORDER),
                "{\"schema\":1,\"stage\":\"sft\",\"experiment\":\"checkpoints\",\"key\":\"" + key + "\",\"run\":\""
                        + run
                        + "\",\"checkpoint\":\"" + checkpoint + "\",\"digest\":\"" + digest + "\",\"removeStates\":"
                        + removeStates + "}");
    }

    private void order(String run, boolean removeStates) throws IOException {
        order(run, "stages/0123-sft/checkpoints/final", Digests.ofFolder(checkpoints.resolve("final")), removeStates);
    }

    private String perform() throws Exception {
        return UploadOrder.perform(
                root, ORDER, Map.of("MLFLOW_TRACKING_URI", mlflow.server().uri()));
    }

    @Test
    void theModelIsSentAndOnlyThenTheStatesGo() throws Exception {
        String run = run();
        order(run, true);
        assertEquals(
                "[sft] the checkpoint is in MLflow, 3 files with 0.000 GB, read back and as it was judged; 2 states of the"
                        + " optimizer were removed here",
                perform());
        assertFalse(Files.exists(checkpoints.resolve("step-5")));
        assertFalse(Files.exists(checkpoints.resolve("step-10")));
        Path back = root.resolve("back");
        mlflow.rest().artifacts().downloadFolder(run, "model", back, 1000);
        assertEquals(Digests.ofFolder(checkpoints.resolve("final")), Digests.ofFolder(back));

        String laterBuild = run();
        order(laterBuild, false);
        assertEquals("[sft] the checkpoint is in MLflow already, with the run " + run, perform());
        assertEquals(List.of(), mlflow.rest().artifacts().list(laterBuild, ""));
    }

    @Test
    void bothRemovesNothing() throws Exception {
        order(run(), false);
        assertTrue(perform().endsWith("read back and as it was judged"));
        assertTrue(Files.exists(checkpoints.resolve("step-10/optimizer")));
    }

    @Test
    void aCheckpointThatWasChangedAfterTheGateIsRefused() throws Exception {
        String judged = Digests.ofFolder(checkpoints.resolve("final"));
        Files.writeString(checkpoints.resolve("final/model.safetensors"), "others");
        order(run(), "stages/0123-sft/checkpoints/final", judged, true);
        IOException changed = assertThrows(IOException.class, this::perform);
        assertTrue(changed.getMessage().contains("is not the one that was judged"), changed.getMessage());
        assertTrue(Files.exists(checkpoints.resolve("step-10/optimizer")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc", "stages/../../etc", "orders/one", "stages/a b"})
    void anOrderThatLeadsOutOfTheStoreIsRefused(String checkpoint) throws Exception {
        order("0".repeat(32), checkpoint, key, true);
        StageException refused = assertThrows(StageException.class, this::perform);
        assertTrue(refused.getMessage().contains("is no path of a checkpoint"), refused.getMessage());
    }

    @Test
    void withoutAServerNothingIsSent() throws Exception {
        order("0".repeat(32), true);
        StageException none = assertThrows(StageException.class, () -> UploadOrder.perform(root, ORDER, Map.of()));
        assertEquals("MLFLOW_TRACKING_URI names no server to send a checkpoint to", none.getMessage());
        assertTrue(Files.exists(checkpoints.resolve("step-10/optimizer")));
    }
}
