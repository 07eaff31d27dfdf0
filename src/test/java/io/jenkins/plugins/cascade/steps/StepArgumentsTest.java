package io.jenkins.plugins.cascade.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.AbortException;
import io.jenkins.plugins.cascade.gate.Gate;
import io.jenkins.plugins.cascade.recipe.DataRole;
import io.jenkins.plugins.cascade.recipe.EvaluateSettings;
import io.jenkins.plugins.cascade.recipe.GrpoSettings;
import io.jenkins.plugins.cascade.recipe.NumericSettings;
import io.jenkins.plugins.cascade.recipe.Precision;
import io.jenkins.plugins.cascade.recipe.Presets;
import io.jenkins.plugins.cascade.recipe.RlhfSettings;
import io.jenkins.plugins.cascade.recipe.RlvrSettings;
import io.jenkins.plugins.cascade.recipe.SamplingSettings;
import io.jenkins.plugins.cascade.recipe.SavePrecision;
import io.jenkins.plugins.cascade.recipe.Schedule;
import io.jenkins.plugins.cascade.recipe.SftPhaseSettings;
import io.jenkins.plugins.cascade.recipe.SftSettings;
import io.jenkins.plugins.cascade.recipe.StageKind;
import io.jenkins.plugins.cascade.stage.DataRequest;
import io.jenkins.plugins.cascade.stage.GateRequest;
import io.jenkins.plugins.cascade.stage.Reaction;
import io.jenkins.plugins.cascade.stage.StageRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** From the arguments in a Jenkinsfile to a request. */
class StepArgumentsTest {
    @Test
    void sftWithoutOptionsHasThePapersValues() {
        StageRequest request = new CascadeSftStep("sft.jsonl").toRequest();
        assertEquals(StageKind.SFT, request.kind());
        assertEquals("sft", request.name());
        assertEquals(List.of(new DataRequest(DataRole.SFT, "sft.jsonl")), request.data());
        assertEquals(Presets.sft(), request.settings());
        assertNull(request.benchmarks());
        assertNull(request.gates());
        assertEquals(Reaction.FAIL, request.onRegression());
        assertEquals(Reaction.FAIL, request.onInconclusive());
        assertTrue(request.reuse());
        assertEquals("cpu", request.device());
    }

    @Test
    void laterPhasesOfSftHaveTheirFilesAndTheSecondStagesValues() {
        SftPhaseArgument phase = new SftPhaseArgument(List.of("b.jsonl", "c.jsonl"));
        phase.setSteps(7);
        CascadeSftStep step = new CascadeSftStep("a.jsonl");
        step.setWarmupSteps(30);
        step.setPacking(true);
        step.setPhases(List.of(phase));

        SftSettings settings = step.settings();

        assertTrue(settings.packing());
        assertEquals(
                List.of("a.jsonl", "b.jsonl", "c.jsonl"),
                step.files().stream().map(DataRequest::path).toList());
        SftPhaseSettings later = settings.allPhases(3).get(1);
        assertEquals(2, later.files());
        assertEquals(7, later.steps());
        assertEquals(32768, later.maxTokens());
        assertEquals(2e-5, later.optimizer().learningRate());
        assertEquals(30, later.optimizer().warmupSteps());
        assertEquals(Schedule.COSINE, later.optimizer().schedule());
    }

    @Test
    void sftTakesWhatIsGivenAndKeepsTheRest() {
        CascadeSftStep step = new CascadeSftStep(List.of("a.jsonl", "b.jsonl"));
        step.setLearningRate(2e-3);
        step.setSchedule("linear");
        step.setWarmupSteps(30);
        step.setFinalLearningRateRatio(0.1);
        step.setBatchSize(64);
        step.setSteps(650);
        SftSettings settings = step.settings();
        assertEquals(2e-3, settings.optimizer().learningRate());
        assertEquals(Schedule.LINEAR, settings.optimizer().schedule());
        assertEquals(30, settings.optimizer().warmupSteps());
        assertEquals(0.1, settings.optimizer().finalLearningRateRatio());
        assertEquals(1e-4, settings.optimizer().weightDecay());
        assertEquals(0.95, settings.optimizer().beta2());
        assertEquals(64, settings.batchSize());
        assertEquals(650, settings.steps());
        assertEquals(2, step.toRequest().data().size());
    }

    @Test
    void rlhfHasTheValuesOfTable15() {
        RlhfSettings settings = new CascadeRlhfStep("pairs.jsonl", "chat.jsonl").settings();
        GrpoSettings policy = settings.policy();
        assertEquals(256, policy.promptsPerStep());
        assertEquals(8, policy.groupSize());
        assertEquals(2e-6, policy.optimizer().learningRate());
        assertEquals(new SamplingSettings(0.6, 0.95, 0, 12 * 1024), policy.sampling());
        assertEquals(1, settings.rewardModel().epochs());
        assertEquals(256, settings.rewardModel().batchSize());
    }

    @Test
    void domainsHaveTheValuesOfTheirTables() {
        GrpoSettings math = new CascadeRlvrStep("math", "p").settings().policy();
        assertEquals(List.of(128, 8), List.of(math.promptsPerStep(), math.groupSize()));
        assertEquals(1.0, math.sampling().temperature());
        GrpoSettings code = new CascadeRlvrStep("code", "p").settings().policy();
        assertEquals(4e-6, code.optimizer().learningRate());
        GrpoSettings swe = new CascadeRlvrStep("swe", "p").settings().policy();
        assertEquals(List.of(128, 16), List.of(swe.promptsPerStep(), swe.groupSize()));
        GrpoSettings instructions =
                new CascadeRlvrStep("instruction-following", "p").settings().policy();
        assertEquals(List.of(256, 8), List.of(instructions.promptsPerStep(), instructions.groupSize()));
    }

    @Test
    void numbersAreFloat32AndSavedAsReadUnlessSaidOtherwise() {
        CascadeSftStep step = new CascadeSftStep("data");
        assertEquals(NumericSettings.DEFAULT, step.settings().numerics());
        step.setPrecision("bf16");
        step.setSavePrecision("fp32");
        step.setDivergenceRatio(0.0);
        assertEquals(
                new NumericSettings(Precision.BF16, SavePrecision.FP32, 0),
                step.settings().numerics());
        CascadeEvaluateStep evaluate =
                new CascadeEvaluateStep("base", List.of(new BenchmarkArgument("math", "math.jsonl")));
        evaluate.setPrecision("bf16");
        assertEquals(Precision.BF16, evaluate.toRequest().settings().numerics().precision());
    }

    @Test
    void rlvrNamesTheStageAfterItsDomainAndMixesInReplay() {
        CascadeRlvrStep step = new CascadeRlvrStep("math", "math.jsonl");
        step.setReplay(List.of("chat.jsonl"));
        step.setReplayFraction(0.25);
        StageRequest request = step.toRequest();
        assertEquals("math", request.name());
        assertEquals("math", request.domain());
        assertEquals(0.25, ((RlvrSettings) request.settings()).policy().replayFraction());
        assertEquals(
                List.of(
                        new DataRequest(DataRole.PROMPTS, "math.jsonl"),
                        new DataRequest(DataRole.REPLAY, "chat.jsonl")),
                request.data());
    }

    @Test
    void replayNeedsItsShareAndTheShareItsFile() {
        CascadeRlvrStep withoutShare = new CascadeRlvrStep("math", "p");
        withoutShare.setReplay("chat.jsonl");
        assertSentence("replay is given, but replayFraction is 0", withoutShare::toRequest);
        CascadeRlvrStep withoutFile = new CascadeRlvrStep("math", "p");
        withoutFile.setReplayFraction(0.5);
        assertSentence("replayFraction is 0.5, but no file is given", withoutFile::toRequest);
    }

    @Test
    void gatesAreInPointsAndBecomeFractions() {
        GateArgument gate = new GateArgument("math");
        gate.setMargin(3.0);
        assertEquals(Gate.protect("math", 0.03), gate.toGate());
        GateArgument target = new GateArgument("math");
        target.setKind("target");
        target.setRequiredGain(5.0);
        assertEquals(Gate.target("math", 0.05), target.toGate());
        assertEquals(Gate.protect("ifeval", 0.015), new GateArgument("ifeval").toGate());
        assertSentence("The gate of 'mine' needs a margin in points", () -> new GateArgument("mine").toGate());
    }

    @Test
    void everyArgumentSaysWhatItsRangeIs() {
        CascadeRlvrStep step = new CascadeRlvrStep("math", "p");
        assertSentence("learningRate must be above 0, but is -1.0", () -> step.setLearningRate(-1.0));
        assertSentence("learningRate must be above 0, but is NaN", () -> step.setLearningRate(Double.NaN));
        assertSentence("groupSize must be at least 2, but is 1", () -> step.setGroupSize(1));
        assertSentence("topP must be above 0, but is 0.0", () -> step.setTopP(0.0));
        assertSentence("topP must lie between 0 and 1, but is 1.5", () -> step.setTopP(1.5));
        assertSentence("temperature must be above 0, but is 0.0", () -> step.setTemperature(0.0));
        assertSentence("device must be 'cpu', 'cuda' or 'cuda:N', but is 'tpu'", () -> step.setDevice("tpu"));
        assertSentence("precision must be one of 'fp32', 'bf16', but is 'fp16'", () -> step.setPrecision("fp16"));
        assertSentence("savePrecision must be one of 'fp32', 'bf16', 'fp16'", () -> step.setSavePrecision("int8"));
        assertSentence("divergenceRatio must be at least 1, but is 0.5", () -> step.setDivergenceRatio(0.5));
        assertSentence("schedule must be 'constant', 'linear' or 'cosine'", () -> step.setSchedule("fast"));
        assertSentence("onRegression must be 'fail', 'unstable' or 'continue'", () -> step.setOnRegression("warn"));
        assertSentence("data must be a path or a list of paths", () -> new CascadeSftStep(List.of(1)));
        assertSentence(
                "prompts must be a path or a list of paths, but is missing", () -> new CascadeRlvrStep("m", null));
        assertSentence("domain must not be empty", () -> new CascadeRlvrStep(" ", "p"));
        assertSentence("margin is in points", () -> new GateArgument("math").setMargin(100.0));
        assertSentence("kind of a gate must be", () -> new GateArgument("math").setKind("block"));
        assertSentence("needs maxDrop, in points", () -> new ToleranceArgument("a", null, "b", "c"));
        assertSentence("A stage's name may hold", () -> {
            step.setName("../x");
            step.toRequest();
        });
    }

    @Test
    void benchmarksDefaultToThePapersEvaluationSettings() {
        BenchmarkArgument benchmark = new BenchmarkArgument("math", "math.jsonl");
        assertEquals(
                new SamplingSettings(0.6, 0.95, 0, 64 * 1024),
                benchmark.toRequest().sampling());
        assertEquals(1, benchmark.toRequest().samples());
    }

    @Test
    void evaluationHasAModelAndBenchmarksAndNothingToTrainWith() {
        CascadeEvaluateStep step =
                new CascadeEvaluateStep("base", List.of(new BenchmarkArgument("math", "math.jsonl")));
        step.setSeed(3L);
        StageRequest request = step.toRequest();
        assertEquals(StageKind.EVALUATE, request.kind());
        assertEquals("evaluate", request.name());
        assertEquals("base", request.model());
        assertEquals(List.of(), request.data());
        assertEquals(new EvaluateSettings(), request.settings());
        assertEquals("math", request.benchmarks().get(0).name());
        assertNull(request.parent());
        assertNull(request.gates());
        assertEquals(3, request.seed());
        assertTrue(request.reuse());
        assertSentence("benchmarks must name at least one", () -> new CascadeEvaluateStep("base", List.of()));
        assertSentence("model must not be empty", () -> new CascadeEvaluateStep(" ", step.getBenchmarks()));
    }

    @Test
    void gateStepComparesTheLastStageWithTheAnchorByDefault() {
        assertEquals(
                new GateRequest("final", null, null, null, Reaction.FAIL, Reaction.FAIL),
                new CascadeGateStep().toGateRequest());
    }

    @Test
    void argumentsThatContradictEachOtherEndTheStepInOneSentence() {
        CascadeRlvrStep step = new CascadeRlvrStep("math", "prompts.jsonl");
        step.setReplayFraction(0.5);
        AbortException refused = assertThrows(AbortException.class, () -> step.start(null));
        assertTrue(refused.getMessage().contains("replayFraction is 0.5"), refused.getMessage());
    }

    private static void assertSentence(String expected, Executable action) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, action);
        assertTrue(refused.getMessage().contains(expected), refused.getMessage());
    }
}
