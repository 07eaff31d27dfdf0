package io.jenkins.plugins.cascade.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.ContentKey;
import io.jenkins.plugins.cascade.recipe.StageEvent;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stages that use none of the later settings keep their content key and their numbers: {@code pinned_steps.json} was written by commit
 * 3767d5b, before those settings existed. The numbers are compared to six digits only because processors round matrix products
 * differently.
 */
class PinnedStepsTest {
    @TempDir
    Path root;

    private TinyStage tiny;

    @BeforeEach
    void writeModel() throws IOException {
        tiny = new TinyStage(root);
    }

    @Test
    void fineTuningIsUnchanged() throws IOException {
        assertUnchanged("sft", tiny.sft(6, 100));
    }

    @Test
    void verifiableRewardsAreUnchanged() throws IOException {
        assertUnchanged("rlvr", tiny.rlvr(TinyStage.grpo(6, 100)));
    }

    @Test
    void promptsComputedOnceGiveTheSameNumbers() throws IOException {
        StageSpec spec = tiny.rlvr(TinyStage.grpo(6, 100).withSharedPrompts(true));
        assertNotEquals(pins().get("rlvr").get("contentKey").textValue(), ContentKey.of(spec));

        assertSteps("rlvr", spec, 1e-4);
    }

    @Test
    void rewardModelAndPolicyAreUnchanged() throws IOException {
        assertUnchanged("rlhf", tiny.rlhf(TinyStage.grpo(4, 100), 0));
    }

    @Test
    void aSpecificationWrittenBeforeTheLaterSettingsIsStillRead() throws IOException {
        for (JsonNode pinned : pins()) {
            StageSpec spec = CanonicalJson.MAPPER.treeToValue(pinned.get("spec"), StageSpec.class);

            assertEquals(pinned.get("contentKey").textValue(), ContentKey.of(spec));
        }
    }

    private void assertUnchanged(String name, StageSpec spec) throws IOException {
        JsonNode pinned = pins().get(name);
        assertEquals(pinned.get("contentKey").textValue(), ContentKey.of(spec));
        assertSteps(name, spec, 1e-6);
    }

    private void assertSteps(String name, StageSpec spec, double tolerance) throws IOException {
        JsonNode pinned = pins().get(name);
        Stage stage = new Stage(tiny.directory(name, spec));

        Stage.Ended ended = stage.run();

        assertEquals(0, ended.code(), ended.stderr());
        List<StageEvent> steps = steps(stage);
        assertEquals(pinned.get("steps").size(), steps.size());
        for (int i = 0; i < steps.size(); i++) {
            assertStep(pinned.get("steps").get(i), steps.get(i), tolerance);
        }
    }

    private static void assertStep(JsonNode pinned, StageEvent step, double tolerance) {
        String place = step.phase() + " " + step.step();
        assertEquals(pinned.get("phase").textValue(), step.phase());
        assertTrue(pinned.get("metrics").size() >= 3, place);
        for (Map.Entry<String, JsonNode> metric : pinned.get("metrics").properties()) {
            double was = metric.getValue().doubleValue();
            Double is = step.metrics().get(metric.getKey());
            assertEquals(was, is, tolerance * Math.max(1, Math.abs(was)), place + " " + metric.getKey());
        }
    }

    private static List<StageEvent> steps(Stage stage) throws IOException {
        List<StageEvent> steps = new ArrayList<>();
        for (StageEvent event : stage.events()) {
            if (event.kind() == StageEvent.Kind.STEP && !event.phase().equals(StageRecorder.EVALUATION)) {
                steps.add(event);
            }
        }
        return steps;
    }

    private static JsonNode pins() throws IOException {
        try (InputStream in = PinnedStepsTest.class.getResourceAsStream("pinned_steps.json")) {
            return new ObjectMapper().readTree(in);
        }
    }
}
