package io.jenkins.plugins.cascade.controller;

import io.jenkins.plugins.cascade.steps.BenchmarkArgument;
import io.jenkins.plugins.cascade.steps.CascadeEvaluateStep;
import io.jenkins.plugins.cascade.steps.CascadeGateStep;
import io.jenkins.plugins.cascade.steps.CascadeRlhfStep;
import io.jenkins.plugins.cascade.steps.CascadeRlvrStep;
import io.jenkins.plugins.cascade.steps.CascadeSftStep;
import io.jenkins.plugins.cascade.steps.CurriculumArgument;
import io.jenkins.plugins.cascade.steps.FilterArgument;
import io.jenkins.plugins.cascade.steps.GateArgument;
import io.jenkins.plugins.cascade.steps.LanguageArgument;
import io.jenkins.plugins.cascade.steps.LossArgument;
import io.jenkins.plugins.cascade.steps.MlflowArgument;
import io.jenkins.plugins.cascade.steps.RewardModelArgument;
import io.jenkins.plugins.cascade.steps.SftPhaseArgument;
import io.jenkins.plugins.cascade.steps.ToleranceArgument;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Steps through their forms and through the Snippet Generator, bare and with arguments, and what the snippets then look like. */
@WithJenkins
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StepFormsTest {
    @Test
    void cascadeSft(JenkinsRule jenkins) throws Exception {
        assertKept(jenkins, new CascadeSftStep("sft.jsonl"), "cascadeSft 'sft.jsonl'");
        CascadeSftStep step = new CascadeSftStep(List.of("a.jsonl", "b.jsonl"));
        step.setName("sft");
        step.setSeed(7L);
        step.setModel("model");
        step.setSteps(650);
        step.setLearningRate(2e-3);
        step.setSchedule("linear");
        step.setBatchSize(64);
        step.setReuse(false);
        step.setBenchmarks(List.of(benchmark()));
        step.setOnInconclusive("unstable");
        assertKept(
                jenkins,
                step,
                "cascadeSft batchSize: 64, benchmarks: [benchmark(data: 'math.jsonl', name: 'math', samples: 4)],"
                        + " data: ['a.jsonl', 'b.jsonl'], learningRate: 0.002, model: 'model', name: 'sft',"
                        + " onInconclusive: 'unstable', reuse: false, schedule: 'linear', seed: 7, steps: 650");
    }

    @Test
    void sftPhase(JenkinsRule jenkins) throws Exception {
        CascadeSftStep step = new CascadeSftStep("short.jsonl");
        SftPhaseArgument phase = new SftPhaseArgument(List.of("long.jsonl", "tools.jsonl"));
        phase.setSteps(20);
        phase.setBatchSize(8);
        phase.setMaxTokens(32768);
        phase.setLearningRate(1e-5);
        phase.setWarmupSteps(3);
        step.setPhases(List.of(new SftPhaseArgument("plain.jsonl"), phase));
        step.setPacking(true);
        assertKept(
                jenkins,
                step,
                "cascadeSft data: 'short.jsonl', packing: true, phases: [sftPhase('plain.jsonl'), sftPhase(batchSize: 8,"
                        + " data: ['long.jsonl', 'tools.jsonl'], learningRate: 1.0E-5, maxTokens: 32768, steps: 20,"
                        + " warmupSteps: 3)]");
    }

    @Test
    void cascadeRlhf(JenkinsRule jenkins) throws Exception {
        assertKept(
                jenkins,
                new CascadeRlhfStep("pairs.jsonl", "chat.jsonl"),
                "cascadeRlhf preferences: 'pairs.jsonl', prompts: 'chat.jsonl'");
        CascadeRlhfStep step = new CascadeRlhfStep("pairs.jsonl", "chat.jsonl");
        RewardModelArgument rewardModel = new RewardModelArgument();
        rewardModel.setEpochs(2);
        rewardModel.setMinAccuracy(0.8);
        step.setRewardModel(rewardModel);
        step.setGroupSize(16);
        step.setTemperature(1.0);
        GateArgument gate = new GateArgument("preference");
        gate.setKind("target");
        GateArgument math = new GateArgument("math");
        math.setMargin(2.5);
        step.setGates(List.of(gate, math));
        step.setTolerate(List.of(new ToleranceArgument("math", 1.5, "math", "Regained by the math stage")));
        assertKept(
                jenkins,
                step,
                "cascadeRlhf gates: [gate(benchmark: 'preference', kind: 'target'), gate(benchmark: 'math', margin: 2.5)],"
                        + " groupSize: 16, preferences: 'pairs.jsonl', prompts: 'chat.jsonl',"
                        + " rewardModel: rewardModel(epochs: 2, minAccuracy: 0.8), temperature: 1.0,"
                        + " tolerate: [tolerate(benchmark: 'math', maxDrop: 1.5, reason: 'Regained by the math stage',"
                        + " recoverBy: 'math')]");
    }

    @Test
    void cascadeRlvr(JenkinsRule jenkins) throws Exception {
        assertKept(
                jenkins,
                new CascadeRlvrStep("math", "math.jsonl"),
                "cascadeRlvr domain: 'math', prompts: 'math.jsonl'");
        CascadeRlvrStep step = new CascadeRlvrStep("code", "code.jsonl");
        step.setReplay(List.of("chat.jsonl", "math.jsonl"));
        step.setReplayFraction(0.25);
        MlflowArgument mlflow = new MlflowArgument();
        mlflow.setUrl("https://mlflow.example.org");
        mlflow.setExperiment("cascade");
        step.setMlflow(mlflow);
        assertKept(
                jenkins,
                step,
                "cascadeRlvr domain: 'code', mlflow: mlflow(experiment: 'cascade', url: 'https://mlflow.example.org'),"
                        + " prompts: 'code.jsonl', replay: ['chat.jsonl', 'math.jsonl'], replayFraction: 0.25");
    }

    @Test
    void settingsOfAPolicyUpdate(JenkinsRule jenkins) throws Exception {
        CascadeRlvrStep step = new CascadeRlvrStep("math", "math.jsonl");
        LossArgument loss = new LossArgument();
        loss.setAggregation("sequence");
        loss.setKlCoefficient(0.001);
        step.setLoss(loss);
        FilterArgument filter = new FilterArgument();
        filter.setKind("epoch");
        filter.setReadmitSolved(0.02);
        step.setFilter(filter);
        CurriculumArgument curriculum = new CurriculumArgument();
        curriculum.setMaxTokens(List.of(32768, 40960));
        curriculum.setMaxSteps(150);
        step.setCurriculum(curriculum);
        LanguageArgument language = new LanguageArgument();
        language.setRule("fixed");
        language.setReward(-1.0);
        step.setLanguageSwitch(language);
        assertKept(
                jenkins,
                step,
                "cascadeRlvr curriculum: lengthCurriculum(maxSteps: 150, maxTokens: [32768, 40960]), domain: 'math',"
                        + " filter: promptFilter(kind: 'epoch', readmitSolved: 0.02),"
                        + " languageSwitch: languageSwitch(reward: -1.0, rule: 'fixed'),"
                        + " loss: policyLoss(aggregation: 'sequence', klCoefficient: 0.001), prompts: 'math.jsonl'");
    }

    @Test
    void aFinishedRewardModel(JenkinsRule jenkins) throws Exception {
        CascadeRlvrStep step = new CascadeRlvrStep("instruction-following", "if.jsonl");
        RewardModelArgument rewardModel = new RewardModelArgument();
        rewardModel.setModel("models/reward");
        step.setRewardModel(rewardModel);
        assertKept(
                jenkins,
                step,
                "cascadeRlvr domain: 'instruction-following', prompts: 'if.jsonl',"
                        + " rewardModel: rewardModel(model: 'models/reward')");
    }

    @Test
    void cascadeEvaluate(JenkinsRule jenkins) throws Exception {
        assertKept(
                jenkins,
                new CascadeEvaluateStep("model", List.of(benchmark())),
                "cascadeEvaluate benchmarks: [benchmark(data: 'math.jsonl', name: 'math', samples: 4)], model: 'model'");
    }

    @Test
    void cascadeGate(JenkinsRule jenkins) throws Exception {
        assertKept(jenkins, new CascadeGateStep(), "cascadeGate()");
        CascadeGateStep step = new CascadeGateStep();
        step.setName("final");
        step.setBaseline("sft");
        step.setOnRegression("unstable");
        GateArgument gate = new GateArgument("math");
        gate.setMargin(8.0);
        step.setGates(List.of(gate));
        assertKept(
                jenkins,
                step,
                "cascadeGate baseline: 'sft', gates: [gate(benchmark: 'math', margin: 8.0)], name: 'final',"
                        + " onRegression: 'unstable'");
    }

    private static BenchmarkArgument benchmark() {
        BenchmarkArgument benchmark = new BenchmarkArgument("math", "math.jsonl");
        benchmark.setSamples(4);
        return benchmark;
    }

    private static void assertKept(JenkinsRule jenkins, Step step, String snippet) throws Exception {
        new SnippetizerTester(jenkins).assertRoundTrip(step, snippet);
        jenkins.assertEqualDataBoundBeans(step, new StepConfigTester(jenkins).configRoundTrip(step));
    }
}
