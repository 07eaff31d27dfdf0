package io.jenkins.plugins.cascade.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    @TempDir
    Path folder;

    private static CheckpointManifest manifest(int step) {
        return new CheckpointManifest(
                1,
                "key",
                "sft",
                step,
                100,
                JsonNodeFactory.instance.objectNode().put("cursor", 8L * step),
                new TrainingTotals(10L * step, 0, step),
                Map.of("train/loss", 0.1 + 0.2),
                step,
                Map.of());
    }

    private void save(Checkpoints checkpoints, int step) {
        checkpoints.save(step, manifest(step), target -> {
            Files.createDirectories(target.resolve("model"));
            Files.writeString(target.resolve("model/weights"), "weights " + step);
        });
    }

    private List<String> names() throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void keepsTheLastTwoAndReadsTheNewest() throws IOException {
        Checkpoints checkpoints = new Checkpoints(folder, "key", 2);
        for (int step : new int[] {5, 10, 100}) {
            save(checkpoints, step);
        }

        assertEquals(List.of("step-10", "step-100"), names());
        Checkpoints.Saved latest = checkpoints.latest().orElseThrow();
        assertEquals(100, latest.number());
        assertEquals(
                manifest(100).withFiles(latest.manifest().files()).toString(),
                latest.manifest().toString());
        assertEquals(
                List.of("model/weights"), List.copyOf(latest.manifest().files().keySet()));
    }

    @Test
    void keepsAsManyAsItIsTold() throws IOException {
        Checkpoints checkpoints = new Checkpoints(folder, "key", 3);
        for (int step = 1; step <= 5; step++) {
            save(checkpoints, step);
        }
        assertEquals(List.of("step-3", "step-4", "step-5"), names());

        save(new Checkpoints(folder, "key", 1), 6);

        assertEquals(List.of("step-6"), names());
    }

    @Test
    void aDamagedOrUnfinishedOneIsPassedOver() throws IOException {
        Checkpoints checkpoints = new Checkpoints(folder, "key", 2);
        save(checkpoints, 1);
        save(checkpoints, 2);
        Files.writeString(folder.resolve("step-2/model/weights"), "weights x");
        Files.createDirectories(folder.resolve("step-3/model"));

        assertEquals(1, checkpoints.latest().orElseThrow().number());
    }

    @Test
    void theOneThatIsGoneOnFromStaysWhileItsFilesMayBeCopied() throws IOException {
        save(new Checkpoints(folder, "key", 2), 1);
        Checkpoints resumed = new Checkpoints(folder, "key", 2);
        assertEquals(1, resumed.latest().orElseThrow().number());
        for (int step = 2; step <= 5; step++) {
            save(resumed, step);
        }

        assertEquals(List.of("step-1", "step-4", "step-5"), names());
    }

    @Test
    void oneThatCannotBeWrittenLeavesNoTraceAndTheOthersUntouched() throws IOException {
        Checkpoints checkpoints = new Checkpoints(folder, "key", 2);
        save(checkpoints, 1);

        StageFailure failure = assertThrows(
                StageFailure.class,
                () -> checkpoints.save(2, manifest(2), target -> {
                    Files.writeString(target.resolve("half"), "written");
                    throw new IOException("No space left on device");
                }));

        assertEquals(ExitCode.CANNOT_WRITE, failure.exitCode());
        assertTrue(failure.getMessage().contains("No space left on device"), failure.getMessage());
        assertEquals(List.of("step-1"), names());
        assertEquals(1, checkpoints.latest().orElseThrow().number());
    }

    @Test
    void oneOfAnotherSpecificationIsRefused() {
        save(new Checkpoints(folder, "another", 2), 1);
        CheckpointManifest foreign = manifest(2);
        Checkpoints writer = new Checkpoints(folder, "key", 2);
        writer.save(2, foreign, target -> {});

        StageFailure failure = assertThrows(StageFailure.class, () -> new Checkpoints(folder, "third", 2).latest());

        assertEquals(ExitCode.BAD_INPUT, failure.exitCode());
        assertTrue(failure.getMessage().contains("another specification"), failure.getMessage());
        assertFalse(failure.getMessage().contains("\n"));
    }
}
