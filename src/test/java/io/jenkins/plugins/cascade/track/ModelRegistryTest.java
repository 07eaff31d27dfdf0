package io.jenkins.plugins.cascade.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real server. */
@ExtendWith(RealMlflow.class)
class ModelRegistryTest {
    private final SharedMlflow mlflow;
    private final ModelRegistry registry;
    private String model;
    private String run;

    @TempDir
    Path folder;

    ModelRegistryTest(SharedMlflow mlflow) {
        this.mlflow = mlflow;
        this.registry = mlflow.rest().registry();
    }

    @BeforeEach
    void startRun(TestInfo test) throws Exception {
        model = test.getTestMethod().orElseThrow().getName();
        try (MlflowTracker tracker = MlflowTracker.open(folder.resolve("journal.jsonl"), mlflow.rest())) {
            String journalRun = tracker.startRun(RunStart.of("registry", "sft"));
            tracker.endRun(journalRun, RunStatus.FINISHED);
            run = tracker.mlflowRunId(journalRun).orElseThrow();
        }
        registry.createModelIfAbsent(model, "");
    }

    private String source(String path) {
        return "runs:/" + run + "/" + path;
    }

    @Test
    void aModelIsMadeOnceAndAVersionOfARunOnce() throws Exception {
        registry.createModelIfAbsent(model, "again");
        ModelVersion first =
                registry.createVersion(model, source("model"), run, "first", Map.of("cascade.key", "sha256:1"));
        assertEquals(model, first.name());
        assertEquals("1", first.version());
        assertEquals(run, first.runId());
        assertEquals(source("model"), first.source());
        ModelVersion again =
                registry.createVersion(model, source("model"), run, "again", Map.of("reason", "it was asked for"));
        assertEquals("1", again.version());
        assertEquals(Map.of("cascade.key", "sha256:1", "reason", "it was asked for"), again.tags());
        assertEquals(
                "2",
                registry.createVersion(model, source("other"), run, "", Map.of())
                        .version());
    }

    @Test
    void anAliasMovesFromVersionToVersionAndGoes() throws Exception {
        registry.createVersion(model, source("a"), run, "", Map.of());
        registry.createVersion(model, source("b"), run, "", Map.of());
        assertEquals(Optional.empty(), registry.versionByAlias(model, "champion"));
        registry.setAlias(model, "champion", "1");
        assertEquals(
                "1", registry.versionByAlias(model, "champion").orElseThrow().version());
        registry.setAlias(model, "champion", "2");
        registry.setTags(model, "2", Map.of("gate.status", "accepted"));
        ModelVersion champion = registry.versionByAlias(model, "champion").orElseThrow();
        assertEquals("2", champion.version());
        assertEquals(Map.of("gate.status", "accepted"), champion.tags());
        registry.deleteAlias(model, "champion");
        registry.deleteAlias(model, "champion");
        assertEquals(Optional.empty(), registry.versionByAlias(model, "champion"));
    }

    @Test
    void whatIsNotThereIsEmpty() throws Exception {
        assertEquals(Optional.empty(), registry.versionByAlias("no such model", "champion"));
        assertEquals(Optional.empty(), registry.version(model, "7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc", "runs:/0123/model", "runs:/", "mlflow-artifacts:/0/x", "models:/m/1"})
    void aSourceOutsideARunIsRefused(String other) {
        TrackingException refused =
                assertThrows(TrackingException.class, () -> registry.createVersion(model, other, run, "", Map.of()));
        assertTrue(refused.getMessage().contains("must be runs:/ID/path"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "Latest", "v12", "a b", "", "a/b"})
    void anAliasThatMlflowReservesIsRefused(String alias) {
        TrackingException refused = assertThrows(TrackingException.class, () -> registry.setAlias(model, alias, "1"));
        assertTrue(refused.getMessage().startsWith("An alias cannot be called"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a:b", "", " ", "it's"})
    void aModelNameThatCannotBeSearchedForIsRefused(String name) {
        TrackingException refused = assertThrows(TrackingException.class, () -> registry.createModelIfAbsent(name, ""));
        assertTrue(refused.getMessage().startsWith("A registered model cannot be called"), refused.getMessage());
    }
}
