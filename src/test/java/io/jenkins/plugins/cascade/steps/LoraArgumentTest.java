package io.jenkins.plugins.cascade.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.LoraSettings;
import io.jenkins.plugins.cascade.recipe.OptimizerSettings;
import io.jenkins.plugins.cascade.recipe.RlhfSettings;
import io.jenkins.plugins.cascade.recipe.SftSettings;
import io.jenkins.plugins.cascade.recipe.StageSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoraArgumentTest {
    @Test
    void whatIsLeftOutHasTheDefaults() {
        CascadeSftStep step = new CascadeSftStep("sft.jsonl");
        step.setLora(new LoraArgument());
        LoraSettings lora = optimizer(step).lora();
        assertEquals(16, lora.rank());
        assertEquals(32, lora.alpha());
        assertEquals(7, lora.targets().size());
        assertEquals(0, lora.dropout());
        assertTrue(lora.merged());
    }

    @Test
    void withoutThemASpecificationIsWhatItWas() {
        CascadeSftStep step = new CascadeSftStep("sft.jsonl");
        step.setGradientCheckpointing(false);
        String json = new String(CanonicalJson.bytes(step.toRequest().settings()), StandardCharsets.UTF_8);
        assertFalse(json.contains("lora") || json.contains("gradientCheckpointing"), json);
        step.setLora(new LoraArgument());
        step.setGradientCheckpointing(true);
        json = new String(CanonicalJson.bytes(step.toRequest().settings()), StandardCharsets.UTF_8);
        assertTrue(json.contains("\"gradientCheckpointing\":true"), json);
        assertTrue(json.contains("\"lora\":{\"alpha\":32.0,\"dropout\":0.0,\"rank\":16,\"targets\":[\"q_proj\""), json);
    }

    @Test
    void targetsAreAListInAJenkinsfileAndNamesInAFormInOneOrder() {
        LoraArgument lora = new LoraArgument();
        lora.setTargets(" v_proj, q_proj");
        assertEquals(List.of("v_proj", "q_proj"), lora.getTargets());
        assertEquals(List.of("q_proj", "v_proj"), lora.toSettings().targets());
        assertEquals("v_proj q_proj", new LoraArgument.DescriptorImpl().names(lora.getTargets()));
        lora.setTargets(List.of("down_proj"));
        assertEquals(List.of("down_proj"), lora.toSettings().targets());
        assertRefused("targets must be one of 'q_proj'", () -> lora.setTargets("lm_head"));
    }

    @Test
    void whatCannotBeIsRefusedByName() {
        assertRefused("rank must be at least 1", () -> new LoraArgument().setRank(0));
        assertRefused("alpha must be above 0", () -> new LoraArgument().setAlpha(0.0));
        assertRefused("dropout must lie between 0 and 0.99", () -> new LoraArgument().setDropout(1.0));
        LoraArgument lora = new LoraArgument();
        lora.setMerge(true);
        assertNull(lora.getMerge());
        lora.setMerge(false);
        assertFalse(lora.toSettings().merged());
    }

    @Test
    void theRewardModelIsTrainedAsThePolicyIs() {
        CascadeRlhfStep step = new CascadeRlhfStep("pairs.jsonl", "chat.jsonl");
        step.setLora(new LoraArgument());
        step.setGradientCheckpointing(true);
        StageSettings settings = step.toRequest().settings();
        OptimizerSettings optimizer = ((RlhfSettings) settings).rewardModel().optimizer();
        assertEquals(LoraSettings.DEFAULT, optimizer.lora());
        assertEquals(true, optimizer.gradientCheckpointing());
        assertEquals(2e-6, optimizer.learningRate());
    }

    @Test
    void laterPhasesOfFineTuningTrainTheSameAdapter() {
        CascadeSftStep step = new CascadeSftStep("sft.jsonl");
        step.setLora(new LoraArgument());
        step.setPhases(List.of(new SftPhaseArgument("long.jsonl")));
        SftSettings settings = (SftSettings) step.toRequest().settings();
        assertEquals(LoraSettings.DEFAULT, settings.phases().get(0).optimizer().lora());
    }

    private static OptimizerSettings optimizer(TrainingStep step) {
        return ((SftSettings) step.toRequest().settings()).optimizer();
    }

    private static void assertRefused(String words, Runnable call) {
        RefusedArgumentException e = assertThrows(RefusedArgumentException.class, call::run);
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }
}
