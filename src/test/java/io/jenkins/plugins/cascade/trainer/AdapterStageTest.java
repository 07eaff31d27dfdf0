package io.jenkins.plugins.cascade.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.model.CausalLM;
import io.jenkins.plugins.cascade.recipe.ExitCode;
import io.jenkins.plugins.cascade.recipe.StageFiles;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chain of stages in which a checkpoint is an adapter without its model. */
class AdapterStageTest {
    @TempDir
    Path root;

    private TinyStage tiny;

    @BeforeEach
    void writeModelWithWeights() throws IOException {
        tiny = new TinyStage(root);
        try (CausalLM model = CausalLM.load(tiny.model(), 3)) {
            model.save(tiny.model());
        }
    }

    @Test
    void anAdapterAloneIsTheStartOfLaterStagesAsLongAsItsBaseIsThere() throws IOException {
        Stage trained = new Stage(tiny.directory("sft", tiny.sftOfAdapter(60)));
        Stage.Ended ended = trained.run();
        assertEquals(0, ended.code(), ended.stderr());
        double first = trained.events().get(1).metrics().get("train/loss");
        double last = trained.result().metrics().get("train/loss");
        assertTrue(last < first / 2, first + " -> " + last);
        Path alone = trained.directory().resolve(trained.result().checkpoint());
        assertTrue(Files.exists(alone.resolve("adapter_model.safetensors")));
        assertFalse(Files.exists(alone.resolve("model.safetensors")));

        Stage evaluated = new Stage(tiny.directory("evaluate", TinyStage.from(alone, tiny.evaluate())));
        ended = evaluated.run();
        assertEquals(0, ended.code(), ended.stderr());
        assertEquals(
                Files.readString(trained.directory().resolve(StageFiles.SCORES)),
                Files.readString(evaluated.directory().resolve(StageFiles.SCORES)));

        Stage next = new Stage(tiny.directory("next", TinyStage.from(alone, tiny.rlvr(TinyStage.grpo(2, 2)))));
        ended = next.run();
        assertEquals(0, ended.code(), ended.stderr());
        assertTrue(Files.exists(
                next.directory().resolve(next.result().checkpoint()).resolve("model.safetensors")));

        assertRefused("unmerged", TinyStage.from(alone, tiny.sftOfAdapter(1)), "leave merge out");
        StageSpec again = TinyStage.from(alone, tiny.evaluate());
        try (CausalLM model = CausalLM.load(tiny.model(), 0)) {
            model.adapt(alone, 0);
            model.save(tiny.model());
        }
        assertRefused("changed", again, "The base model " + tiny.model() + " of the adapter " + alone + " changed");
    }

    private void assertRefused(String name, StageSpec spec, String words) throws IOException {
        Stage.Ended ended = new Stage(tiny.directory(name, spec)).run();
        assertEquals(ExitCode.BAD_INPUT.code(), ended.code(), ended.stderr());
        assertTrue(ended.stderr().contains(words), ended.stderr());
    }
}
