package io.jenkins.plugins.cascade.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.recipe.CurriculumSettings;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.FilterSettings;
import io.jenkins.plugins.cascade.recipe.GrpoSettings;
import io.jenkins.plugins.cascade.recipe.LanguageRule;
import io.jenkins.plugins.cascade.recipe.LanguageSettings;
import io.jenkins.plugins.cascade.recipe.LossAggregation;
import io.jenkins.plugins.cascade.recipe.LossSettings;
import io.jenkins.plugins.cascade.recipe.ModeMix;
import io.jenkins.plugins.cascade.recipe.PromptFilter;
import io.jenkins.plugins.cascade.recipe.SamplingSchedule;
import io.jenkins.plugins.cascade.stage.DataRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The arguments of a policy's training that came after the first steps. */
class PolicyArgumentsTest {
    private static CascadeRlvrStep math() {
        return new CascadeRlvrStep("math", "math.jsonl");
    }

    private static void assertRefused(String part, Executable setting) {
        String message = assertThrows(IllegalArgumentException.class, setting).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void whatIsLeftOutIsThePaperOrNothing() {
        GrpoSettings policy = math().settings().policy();

        assertEquals(LossSettings.PAPER, policy.loss());
        assertEquals(FilterSettings.NONE, policy.filter());
        assertEquals(CurriculumSettings.NONE, policy.curriculum());
        assertEquals(SamplingSchedule.CONSTANT, policy.samplingSchedule());
        assertEquals(ModeMix.AS_WRITTEN, policy.modes());
        assertEquals(LanguageSettings.OFF, policy.language());
    }

    @Test
    void whatIsGivenIsTakenAndTheRestKept() {
        CascadeRlvrStep step = math();
        LossArgument loss = new LossArgument();
        loss.setAggregation("sequence");
        loss.setKlCoefficient(0.001);
        FilterArgument filter = new FilterArgument();
        filter.setKind("epoch");
        filter.setReadmitSolved(0.02);
        CurriculumArgument curriculum = new CurriculumArgument();
        curriculum.setMaxTokens(List.of(32768, 40960));
        curriculum.setMinSteps(50);
        LanguageArgument language = new LanguageArgument();
        language.setRule("below-minimum");
        language.setReward(-10.0);
        step.setLoss(loss);
        step.setFilter(filter);
        step.setCurriculum(curriculum);
        step.setLanguageSwitch(language);
        step.setModes("half");
        step.setFinalTemperature(0.8);

        GrpoSettings policy = step.settings().policy();

        assertEquals(new LossSettings(LossAggregation.SEQUENCE, true, 0.001), policy.loss());
        assertEquals(new FilterSettings(PromptFilter.EPOCH, 10, 0.1, 0.02), policy.filter());
        assertEquals(new CurriculumSettings(List.of(32768, 40960), 0.1, 50, 200, 1), policy.curriculum());
        assertEquals(40960, policy.longestAnswer());
        assertEquals(new LanguageSettings(LanguageRule.BELOW_MINIMUM, -10), policy.language());
        assertEquals(ModeMix.HALF, policy.modes());
        assertEquals(new SamplingSchedule(0.8, null), policy.samplingSchedule());
    }

    @Test
    void aWrongWordOrNumberIsRefusedWithItsName() {
        assertRefused("modes must be one of 'as-written', 'think', 'no-think', 'half'", () -> math().setModes("both"));
        assertRefused("aggregation must be one of", () -> new LossArgument().setAggregation("batch"));
        assertRefused("kind must be one of", () -> new FilterArgument().setKind("on"));
        assertRefused("rule must be one of", () -> new LanguageArgument().setRule("strict"));
        assertRefused("klCoefficient", () -> new LossArgument().setKlCoefficient(-0.1));
        assertRefused("readmitUnsolved", () -> new FilterArgument().setReadmitUnsolved(1.5));
        assertRefused("finalTopP", () -> math().setFinalTopP(1.1));
        CascadeRlvrStep shrinking = math();
        CurriculumArgument curriculum = new CurriculumArgument();
        curriculum.setMaxTokens(List.of(512));
        shrinking.setCurriculum(curriculum);
        assertRefused("curriculum's first length must be at least 24577", shrinking::settings);
    }

    @Test
    void aGivenRewardModelIsAFileOfTheStage() {
        RewardModelArgument model = new RewardModelArgument();
        model.setModel("rm");
        CascadeRlvrStep rlvr = math();
        rlvr.setRewardModel(model);
        CascadeRlhfStep rlhf = new CascadeRlhfStep(null, "chat.jsonl");
        rlhf.setRewardModel(model);

        DataRequest folder = new DataRequest(DataRole.REWARD_MODEL, "rm");
        assertEquals(List.of(new DataRequest(DataRole.PROMPTS, "math.jsonl"), folder), rlvr.files());
        assertEquals(List.of(new DataRequest(DataRole.PROMPTS, "chat.jsonl"), folder), rlhf.files());
        assertRefused("needs preferences", () -> new CascadeRlhfStep(null, "chat.jsonl").files());
        assertRefused("must name a finished model", () -> math().setRewardModel(new RewardModelArgument()));
    }

    @Test
    void theRewardModelsMicroBatchIsTheWholeBatchUnlessGiven() {
        RewardModelArgument model = new RewardModelArgument();
        assertEquals(0, model.toSettings().microBatch());
        model.setMicroBatch(4);
        assertEquals(4, model.toSettings().microBatch());
    }
}
