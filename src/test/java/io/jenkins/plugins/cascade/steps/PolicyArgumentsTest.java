package io.jenkins.plugins.cascade.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cascade.recipe.CanonicalJson;
import io.jenkins.plugins.cascade.recipe.ContentKey;
import io.jenkins.plugins.cascade.recipe.CurriculumSettings;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.FilterSettings;
import io.jenkins.plugins.cascade.recipe.GrpoSettings;
import io.jenkins.plugins.cascade.recipe.LanguageRule;
import io.jenkins.plugins.cascade.recipe.LanguageSettings;
import io.jenkins.plugins.cascade.recipe.LossAggregation;
import io.jenkins.plugins.cascade.recipe.LossSettings;
import io.jenkins.plugins.cascade.recipe.ModeMix;
import io.jenkins.plugins.cascade.recipe.OptimizerSettings;
import io.jenkins.plugins.cascade.recipe.Presets;
import io.jenkins.plugins.cascade.recipe.PromptFilter;
import io.jenkins.plugins.cascade.recipe.SamplingSchedule;
import io.jenkins.plugins.cascade.recipe.SamplingSettings;
import io.jenkins.plugins.cascade.recipe.StageSettings;
import io.jenkins.plugins.cascade.recipe.StageSpec;
import io.jenkins.plugins.cascade.stage.DataRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void mathsLeftToItselfIsThePapers() {
        GrpoSettings policy = math().settings().policy();

        assertEquals(LossSettings.PAPER, policy.loss());
        assertEquals(new FilterSettings(PromptFilter.EPOCH, 10, 0.1, 0.01), policy.filter());
        assertEquals(24576, policy.sampling().maxTokens());
        assertEquals(
                new CurriculumSettings(List.of(32768, 40960), 0.1, 100, 200, 1, List.of(1.0, 0.8)),
                policy.curriculum());
        assertEquals(500, policy.steps());
        assertTrue(policy.overlongFiltering());
        assertEquals(SamplingSchedule.CONSTANT, policy.samplingSchedule());
        assertEquals(ModeMix.THINK, policy.modes());
        assertEquals(new LanguageSettings(LanguageRule.FIXED, -1), policy.language());
        assertEquals(2, policy.keepCheckpoints());
    }

    @Test
    void everyOtherStepLeftToItselfIsThePapersToo() {
        GrpoSettings rlhf =
                new CascadeRlhfStep("pairs.jsonl", "chat.jsonl").settings().policy();
        assertEquals(ModeMix.HALF, rlhf.modes());
        assertEquals(new LanguageSettings(LanguageRule.BELOW_MINIMUM, -10), rlhf.language());
        assertEquals(FilterSettings.NONE, rlhf.filter());
        assertEquals(CurriculumSettings.NONE, rlhf.curriculum());
        GrpoSettings instructions =
                new CascadeRlvrStep("instruction-following", "p").settings().policy();
        assertEquals(PromptFilter.BATCH, instructions.filter().kind());
        assertEquals(ModeMix.NO_THINK, instructions.modes());
        assertEquals(LanguageSettings.OFF, instructions.language());
        GrpoSettings code = new CascadeRlvrStep("code", "p").settings().policy();
        assertEquals(new LanguageSettings(LanguageRule.FIXED, 0), code.language());
        assertEquals(List.of(49152), code.curriculum().lengths());
        assertEquals(List.of(0.8), code.curriculum().temperatures());
        assertFalse(code.overlongFiltering());
        assertEquals(
                ModeMix.THINK,
                new CascadeRlvrStep("swe", "p").settings().policy().modes());
        GrpoSettings mine = new CascadeRlvrStep("chess", "p").settings().policy();
        assertEquals(ModeMix.AS_WRITTEN, mine.modes());
        assertEquals(FilterSettings.NONE, mine.filter());
        assertEquals(LanguageSettings.OFF, mine.language());
    }

    @Test
    void thePresetChoosesThePapersModel() {
        CascadeRlvrStep large = math();
        large.setPreset("thinking-14b");
        GrpoSettings policy = large.settings().policy();
        assertEquals(2.5e-6, policy.optimizer().learningRate());
        assertEquals(new SamplingSettings(1.2, 0.95, 0, 28672), policy.sampling());
        assertEquals(List.of(40960), policy.curriculum().lengths());
        assertEquals(List.of(1.1), policy.curriculum().temperatures());
        CascadeRlvrStep code = new CascadeRlvrStep("code", "p");
        code.setPreset("thinking-8b");
        assertEquals(1.2, code.settings().policy().sampling().temperature());
        assertEquals(CurriculumSettings.NONE, code.settings().policy().curriculum());
        CascadeRlhfStep rlhf = new CascadeRlhfStep("pairs.jsonl", "chat.jsonl");
        rlhf.setPreset("thinking-14b");
        assertEquals(900, rlhf.settings().policy().steps());
        assertEquals(ModeMix.THINK, rlhf.settings().policy().modes());
        CascadeSftStep sft = new CascadeSftStep("sft.jsonl");
        sft.setPreset("thinking-14b");
        sft.setPhases(List.of(new SftPhaseArgument("long.jsonl")));
        assertEquals(22000, sft.settings().steps());
        assertEquals(5e-5, sft.settings().allPhases(2).get(1).optimizer().learningRate());
        assertRefused(
                "preset must be one of 'unified-8b', 'thinking-8b', 'thinking-14b'", () -> math().setPreset("70b"));
    }

    @Test
    void ofOnesOwnLengthAndTemperatureNothingOfThePapersCurriculumIsLeft() {
        CascadeRlvrStep small = math();
        small.setMaxTokens(40);
        assertEquals(CurriculumSettings.NONE, small.settings().policy().curriculum());
        CascadeRlvrStep warm = math();
        warm.setTemperature(0.7);
        assertEquals(
                new CurriculumSettings(List.of(32768, 40960), 0.1, 100, 200, 1),
                warm.settings().policy().curriculum());
        CascadeRlvrStep cooling = math();
        cooling.setFinalTemperature(0.8);
        assertEquals(List.of(), cooling.settings().policy().curriculum().temperatures());
        CascadeRlvrStep own = math();
        CurriculumArgument curriculum = new CurriculumArgument();
        curriculum.setMaxTokens(List.of(80));
        curriculum.setTemperatures("0.9");
        own.setMaxTokens(40);
        own.setTemperature(1.0);
        own.setCurriculum(curriculum);
        assertEquals(
                new CurriculumSettings(List.of(80), 0.1, 100, 200, 1, List.of(0.9)),
                own.settings().policy().curriculum());
        CascadeRlvrStep one = math();
        CurriculumArgument none = new CurriculumArgument();
        none.setMaxTokens(List.of());
        one.setCurriculum(none);
        assertEquals(CurriculumSettings.NONE, one.settings().policy().curriculum());
    }

    /** A stage of the quickstart as it was recorded before the paper's filter, curriculum, modes and penalty became defaults. */
    private static StageSpec recorded(String stage) throws IOException {
        Path builds = Path.of("src/test/resources/io/jenkins/plugins/cascade/pages/schema-1/builds");
        Path spec = builds.resolve("1/cascade/stages").resolve(stage).resolve("spec.json");
        return CanonicalJson.MAPPER.readValue(Files.readAllBytes(spec), StageSpec.class);
    }

    private static void switchOff(PolicyStep step, int maxTokens) {
        step.setPromptsPerStep(16);
        step.setGroupSize(16);
        step.setMicroBatch(256);
        step.setTemperature(1.0);
        step.setTopP(1.0);
        step.setMaxTokens(maxTokens);
        step.setLearningRate(1e-4);
        step.setSchedule("linear");
        step.setWarmupSteps(5);
        step.setFinalLearningRateRatio(0.1);
        step.setModes("as-written");
        LanguageArgument language = new LanguageArgument();
        language.setRule("off");
        step.setLanguageSwitch(language);
        FilterArgument filter = new FilterArgument();
        filter.setKind("none");
        step.setFilter(filter);
        step.setKeepCheckpoints(7);
    }

    private static void assertSameKey(StageSpec recorded, StageSettings settings) {
        StageSpec now = new StageSpec(
                recorded.schema(),
                recorded.kind(),
                recorded.name(),
                recorded.domain(),
                recorded.model(),
                recorded.data(),
                settings,
                recorded.benchmarks(),
                recorded.verifierVersions(),
                recorded.seed(),
                recorded.threads(),
                recorded.device(),
                recorded.leaseSeconds());
        assertEquals(ContentKey.identity(recorded), ContentKey.identity(now));
        assertEquals(ContentKey.of(recorded), ContentKey.of(now));
    }

    @Test
    void theQuickstartsStagesHaveTheContentKeysTheyHad() throws IOException {
        CascadeRlvrStep math = math();
        switchOff(math, 40);
        math.setSteps(50);
        math.setReplay("chat.jsonl");
        math.setReplayFraction(0.25);
        assertSameKey(recorded("c19d9def280a-math"), math.settings());

        CascadeRlvrStep instructions = new CascadeRlvrStep("instruction-following", "instructions.jsonl");
        switchOff(instructions, 32);
        instructions.setSteps(40);
        instructions.setReplay("chat.jsonl");
        instructions.setReplayFraction(0.25);
        assertSameKey(recorded("5ff3806afab9-instructions"), instructions.settings());

        CascadeRlvrStep code = new CascadeRlvrStep("code", "code.jsonl");
        switchOff(code, 32);
        code.setSteps(40);
        code.setLearningRate(2e-3);
        assertSameKey(recorded("d62918524e5b-sabotaged-code"), code.settings());

        CascadeRlhfStep rlhf = new CascadeRlhfStep("pairs.jsonl", "chat.jsonl");
        switchOff(rlhf, 32);
        rlhf.setSteps(30);
        rlhf.setMinStd(0.5);
        RewardModelArgument model = new RewardModelArgument();
        model.setBatchSize(64);
        model.setMaxTokens(64);
        model.setLearningRate(5e-4);
        model.setMinAccuracy(0.8);
        rlhf.setRewardModel(model);
        assertSameKey(recorded("3fdf73eaf8cd-rlhf"), rlhf.settings());
    }

    @Test
    void checkpointsAreKeptAsToldAndNoPartOfTheResult() {
        CascadeRlvrStep step = math();
        step.setKeepCheckpoints(5);
        assertEquals(5, step.settings().checkpointsKept());
        CascadeSftStep sft = new CascadeSftStep("sft.jsonl");
        sft.setKeepCheckpoints(1);
        assertEquals(1, sft.settings().checkpointsKept());
        assertRefused("keepCheckpoints must be at least 1", () -> math().setKeepCheckpoints(0));
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
        loss.setTanhReward(true);

        GrpoSettings policy = step.settings().policy();

        assertEquals(new LossSettings(LossAggregation.SEQUENCE, true, 0.001, true), policy.loss());
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
        assertRefused("temperatures must be above 0", () -> new CurriculumArgument().setTemperatures(List.of(0)));
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
        OptimizerSettings policy = Presets.rlhf().policy().optimizer();
        RewardModelArgument model = new RewardModelArgument();
        assertEquals(0, model.toSettings(policy).microBatch());
        model.setMicroBatch(4);
        assertEquals(4, model.toSettings(policy).microBatch());
    }
}
